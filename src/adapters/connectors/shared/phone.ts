/** The number in E.164 form, or `fallback` where there is none or it cannot be dialled from abroad. */
export function dialable(phone: string | null, fallback: string): string {
  const bare = (phone ?? "").replaceAll(/[\s().\-/]/g, "").replace(/^00/, "+");
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : fallback;
}
