// Own rules of the product: what has no business in an office file of a municipality, whatever the permit says.

rule equation_editor_object
{
    meta:
        ja = "数式エディターの埋込み(CVE-2017-11882 の形)"
        en = "an embedded Equation Editor object"
    strings:
        $class = { 02 CE 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
        $name = "Equation.3" ascii wide nocase
    condition:
        uint32(0) == 0xE011CFD0 and any of them
}

rule template_from_outside
{
    meta:
        ja = "外部の雛形を読み込む文書"
        en = "a document that loads a template from outside"
    strings:
        $relation = "relationships/attachedTemplate" ascii
        $address = /Target="(https?|ftp|file|\\\\)[^"]{3,200}"/ ascii nocase
    condition:
        all of them and filesize < 1MB
}

rule command_in_a_cell
{
    meta:
        ja = "表計算のセルから命令を呼び出す式"
        en = "a spreadsheet cell that calls a command"
    strings:
        $call = /[=+@\-](cmd|powershell|mshta|rundll32|certutil|regsvr32)(\.exe)?\|/ ascii wide nocase
    condition:
        $call
}

rule shell_that_fetches_and_runs
{
    meta:
        ja = "命令をダウンロードして実行する文字列"
        en = "a command line that fetches and runs something"
    strings:
        $hidden = /powershell[^\r\n]{0,80}(-enc|-encodedcommand|downloadstring|iex\b)/ ascii wide nocase
        $page = /mshta(\.exe)?\s+https?:/ ascii wide nocase
    condition:
        any of them
}
