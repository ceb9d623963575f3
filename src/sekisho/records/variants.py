"""Forms of one character that registers and people mix: which is folded into which, and by whose word.

Each row is a base followed by its variants. A fold is for finding, and for files that hold JIS X 0208 only; the
value itself is never replaced. Sources: the forms in brackets of 常用漢字表 (the former printed forms), and forms that
family registers use in names (髙, 﨑, 𠮷, ...), which differ only in shape.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

FORMER_FORMS: Final = (
    "亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 応應 欧歐 "
    "殴毆 桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 壊壞 懐懷 絵繪 拡擴 殻殼 覚覺 学學 "
    "岳嶽 楽樂 渇渴 缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 気氣 既旣 帰歸 偽僞 戯戲 犠犧 "
    "旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 茎莖 恵惠 渓溪 "
    "経經 蛍螢 軽輕 継繼 鶏鷄 芸藝 撃擊 欠缺 県縣 倹儉 剣劍 険險 圏圈 検檢 献獻 権權 顕顯 "
    "験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛 号號 国國 黒黑 砕碎 済濟 斎齋 剤劑 雑雜 参參 桟棧 "
    "蚕蠶 惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 釈釋 寿壽 収收 従從 渋澁 獣獸 "
    "縦縱 粛肅 処處 緒緖 叙敍 将將 称稱 渉涉 焼燒 証證 奨奬 条條 状狀 乗乘 浄淨 剰剩 畳疊 "
    "縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 "
    "枢樞 数數 瀬瀨 声聲 静靜 斉齊 摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯 "
    "争爭 荘莊 捜搜 挿插 巣巢 曽曾 痩瘦 装裝 総總 騒騷 増增 蔵藏 臓臟 即卽 属屬 続續 堕墮 "
    "対對 体體 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 担擔 単單 胆膽 団團 断斷 弾彈 遅遲 痴癡 虫蟲 "
    "昼晝 鋳鑄 庁廳 徴徵 聴聽 鎮鎭 逓遞 鉄鐵 転轉 点點 伝傳 灯燈 当當 党黨 盗盜 稲稻 闘鬪 "
    "徳德 独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 晩晚 蛮蠻 "
    "秘祕 浜濱 瓶甁 払拂 仏佛 併倂 並竝 餅餠 辺邊 変變 歩步 宝寶 豊豐 褒襃 翻飜 毎每 万萬 "
    "満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 "
    "竜龍 両兩 猟獵 緑綠 涙淚 塁壘 礼禮 励勵 戻戾 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 "
    "郎郞 楼樓 録錄 湾灣 "
)
REGISTER_FORMS: Final = (
    "高髙 崎﨑嵜碕 浜濵 辺邉 斉齋斎 島嶋嶌 吉𠮷 富冨 柳栁 桑桒 館舘 園薗 野埜 峰峯 尭堯 "
    "桧檜 凛凜 土𡈽圡 喜㐂 鴎鷗 船舩 松枩 "
)


def _pairs(rows: str) -> Iterator[tuple[str, str]]:
    """Each variant with its base."""
    for row in rows.split():
        yield from ((variant, row[0]) for variant in row[1:])


def _all_variants() -> dict[str, str]:
    """Every variant with its base; a base that is itself a variant elsewhere is followed to its end."""
    direct = {**dict(_pairs(FORMER_FORMS)), **dict(_pairs(REGISTER_FORMS))}
    return {variant: direct.get(base, base) for variant, base in direct.items()}


VARIANTS: Final[Mapping[str, str]] = MappingProxyType(_all_variants())
_TABLE: Final = str.maketrans(dict(VARIANTS))


def fold_variants(text: str) -> str:
    """The text with one form of each character: a search key, never a stored value."""
    return text.translate(_TABLE)
