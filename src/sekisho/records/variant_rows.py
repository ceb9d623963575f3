"""The table of variant characters (異体字): each row with where it comes from and whether it was reviewed.

A row is a target followed by the characters that may be written as it. **Reviewed** means that two lists made
independently agree: the published one named as the source, and one of the public lists of variants it was compared with.
**Proposed** means known from use, and that a person looks at it before a name is written that way. Rows without a target,
or with several, are there to say so: nothing is ever guessed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class VariantSource(StrEnum):
    """Where a row comes from."""

    JOYO = "常用漢字表(平成22年内閣告示第2号)のかっこ内の字体"
    UNICODE = "Unicodeの正準等価(互換漢字)"
    REGISTER = "戸籍・住民票の氏名に見られる字形の違い"
    NAMES = "人名用漢字別表により別の字として扱われるもの"


class VariantState(StrEnum):
    """Was the row compared with a second list, or is it only proposed?"""

    REVIEWED = "reviewed"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantGroup:
    """Rows of one source and one state, parted by spaces: a target, then its variants."""

    source: VariantSource
    state: VariantState
    rows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """A character for which a person or the reading decides: it has several targets, or none."""

    character: str
    targets: str
    source: VariantSource
    state: VariantState
    note: str


JOYO_ROWS: Final = (
    "亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 応應 欧歐 殴毆 桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 壊壞 懐懷 絵繪 拡擴 殻殼 覚覺 "
    "学學 岳嶽 楽樂 渇渴 缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 気氣 帰歸 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 茎莖 恵惠 "
    "渓溪 経經 蛍螢 軽輕 継繼 鶏鷄 芸藝 撃擊 欠缺 県縣 倹儉 剣劍 険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛 号號 国國 黒黑 砕碎 済濟 剤劑 雑雜 参參 "
    "桟棧 蚕蠶 惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍 将將 称稱 渉涉 焼燒 証證 奨奬 条條 状狀 乗乘 浄淨 "
    "剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 枢樞 数數 瀬瀨 声聲 静靜 摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 "
    "双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 曽曾 痩瘦 装裝 総總 騒騷 増增 蔵藏 臓臟 即卽 属屬 続續 堕墮 対對 体體 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 担擔 単單 胆膽 団團 断斷 弾彈 "
    "遅遲 痴癡 虫蟲 昼晝 鋳鑄 庁廳 徴徵 聴聽 鎮鎭 逓遞 鉄鐵 転轉 点點 伝傳 灯燈 当當 党黨 盗盜 稲稻 徳德 独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 "
    "抜拔 晩晚 蛮蠻 秘祕 浜濱 瓶甁 払拂 仏佛 併倂 並竝 辺邊 変變 歩步 宝寶 豊豐 褒襃 翻飜 毎每 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 "
    "頼賴 乱亂 覧覽 両兩 猟獵 緑綠 涙淚 塁壘 礼禮 励勵 戻戾 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 郎郞 楼樓 録錄 湾灣 掲揭 勅敕 概槪 研硏 窃竊 艶艷 弁辨瓣辯 既旣 餅餠 闘鬪鬭 "
)
GROUPS: Final = (
    VariantGroup(source=VariantSource.JOYO, state=VariantState.REVIEWED, rows=JOYO_ROWS),
    VariantGroup(
        source=VariantSource.REGISTER,
        state=VariantState.REVIEWED,
        rows=(
            "高髙 崎﨑嵜碕㟢 浜濵 辺邉 島嶋嶌 吉𠮷 富冨 柳栁 桑桒 館舘 園薗 野埜 峰峯 尭堯 "
            "桧檜 凛凜 土圡 喜㐂 鴎鷗 船舩 松枩 郷鄕 青靑 清淸 黄黃 昇曻 橋槗 秋穐龝 剣釼 体躰 国圀 "
        ),
    ),
    VariantGroup(source=VariantSource.REGISTER, state=VariantState.PROPOSED, rows="土𡈽 橋𣘺 崎𥔎 磯礒 杉椙 梼檮 "),
)
OPEN_ROWS: Final = (
    OpenRow(
        character="齊",
        targets="斉斎",
        source=VariantSource.JOYO,
        state=VariantState.REVIEWED,
        note="表では斉の字体。氏名では斎とする家もあり、本人に確かめる",
    ),
    OpenRow(
        character="齋",
        targets="斎斉",
        source=VariantSource.JOYO,
        state=VariantState.REVIEWED,
        note="表では斎の字体。氏名では斉とする家もあり、本人に確かめる",
    ),
    OpenRow(
        character="龍",
        targets="",
        source=VariantSource.NAMES,
        state=VariantState.REVIEWED,
        note="竜とは別の字として名に用いられる",
    ),
    OpenRow(
        character="彅",
        targets="",
        source=VariantSource.REGISTER,
        state=VariantState.PROPOSED,
        note="JIS第1・第2水準に代わる字がない。読みで書く",
    ),
)
