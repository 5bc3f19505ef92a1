// How many messages a text is on the phone network, where each is paid for: 160 signs of the GSM alphabet, or 70 of any other as soon as
// one is not in it; less where a text is cut, since each part says whose part it is (3GPP TS 23.038 §6.2.1, TS 23.040 §9.2.3.24.1). Pure.

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each takes two places. */
const EXTENDED = '\f^{}\\[~]|€';

const GSM_UNITS_MAX = 160;
const GSM_UNITS_OF_PART = 153;
const OTHER_UNITS_MAX = 70;
const OTHER_UNITS_OF_PART = 67;

/** At least 1. */
export function partsOf(text: string): number {
  const units = gsmUnits(text);
  if (units === undefined) return parts(text.length, OTHER_UNITS_MAX, OTHER_UNITS_OF_PART);
  return parts(units, GSM_UNITS_MAX, GSM_UNITS_OF_PART);
}

function parts(units: number, alone: number, ofPart: number): number {
  return units <= alone ? 1 : Math.ceil(units / ofPart);
}

/** Undefined when a sign is not in the alphabet. */
function gsmUnits(text: string): number | undefined {
  let units = 0;
  for (const sign of text) {
    if (BASIC.includes(sign)) units += 1;
    else if (EXTENDED.includes(sign)) units += 2;
    else return undefined;
  }
  return units;
}
