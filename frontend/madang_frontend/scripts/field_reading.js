// Amounts and days as people type them; the server decides by the same rules (money.py, times.py).

const SIZES = {
  조: 1e12, 억: 1e8, 천만: 1e7, 백만: 1e6, 십만: 1e5, 만: 1e4, 천: 1e3,
  trillion: 1e12, tn: 1e12, billion: 1e9, bn: 1e9, million: 1e6, mn: 1e6, m: 1e6, thousand: 1e3, k: 1e3, "": 1,
};
const AMOUNT = /(\d+(?:\.\d+)?)(조|억|천만|백만|십만|만|천|trillion|tn|billion|bn|million|mn|m|thousand|k|)/y;
// 2천 5백만 is 2,500만: thousands, hundreds and tens before the large unit that they count.
const COUNTED = /(?<![\d.])(?:(\d)천)?(?:(\d)백)?(?:(\d)십)?(\d)?(조|억|만)/g;
const CURRENCY = /^(?:₩|\\|krw)|(?:krw|원정?|won)$/;
const DAY = /^(\d{4})(?:[-./]|년)(\d{1,2})(?:[-./]|월)(\d{1,2})(?:\.|일)?$/;
const EIGHT = /^(\d{4})(\d\d)(\d\d)$/;

const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();

/** Whole won that a text means, or null. @param {string} text @returns {number | null} */
export function readWon(text) {
  let rest = plain(text).replaceAll("−", "-").replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  const sign = rest.startsWith("-") ? -1 : 1;
  rest = rest.replace(/^-/, "").replace(CURRENCY, "").replace(CURRENCY, "").replace(/(?<=억)(\d{1,4})천$/, "$1천만");
  rest = rest.replace(COUNTED, (found, thousands, hundreds, tens, ones, unit) => {
    if (!thousands && !hundreds && !tens && !ones) return found;
    return `${[thousands, hundreds, tens, ones].reduce((sum, digit) => sum * 10 + Number(digit ?? 0), 0)}${unit}`;
  });
  let total = 0;
  let smallest = 1e13;
  AMOUNT.lastIndex = 0;
  while (AMOUNT.lastIndex < rest.length) {
    const found = AMOUNT.exec(rest);
    if (!found || SIZES[found[2]] >= smallest) return null;
    smallest = SIZES[found[2]];
    // Rounded to a thousandth of a won: 1.1억 is whole although binary fractions are not.
    total += Math.round(Number(found[1]) * smallest * 1000) / 1000;
  }
  return rest && Number.isSafeInteger(total) ? sign * total : null;
}

/** @param {number | null} amount @param {string} language */
export function sayWon(amount, language) {
  if (amount === null) return "";
  return language === "ko" ? korean(amount) : english(amount);
}

function korean(amount) {
  if (amount === 0) return "0원";
  let rest = Math.abs(amount);
  const parts = [];
  for (const [size, word] of [[1e12, "조"], [1e8, "억"], [1e4, "만"]]) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count) parts.push(count.toLocaleString("en") + word);
  }
  if (rest) parts.push(rest.toLocaleString("en"));
  return (amount < 0 ? "-" : "") + parts.join(" ") + (rest ? "원" : " 원");
}

function english(amount) {
  const sign = amount < 0 ? "-" : "";
  const rest = Math.abs(amount);
  for (const [size, word] of [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]])
    if (rest >= size) return `${sign}₩${(rest / size).toLocaleString("en", { maximumFractionDigits: 2 })} ${word}`;
  return `${sign}₩${rest.toLocaleString("en")}`;
}

/** ISO date of a typed day, or null. @param {string} text @returns {string | null} */
export function readDay(text) {
  const found = EIGHT.exec(plain(text)) ?? DAY.exec(plain(text));
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const made = new Date(Date.UTC(year, month - 1, day));
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) return null;
  return made.toISOString().slice(0, 10);
}

/** @param {string | null} day @param {string} language */
export function sayDay(day, language) {
  if (day === null) return "";
  const [year, month, date] = day.split("-").map(Number);
  if (language === "ko") return `${year}. ${month}. ${date}.`;
  const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  return `${date} ${names[month - 1]} ${year}`;
}
