/** Whether events may be sent to a URL, judged by its text alone; the sender looks again at the address the name stands for. */
export function addressRefusal(url: string, privateToo: boolean): string | null {
  const parsed = URL.parse(url);
  if (!parsed || (parsed.protocol !== "https:" && parsed.protocol !== "http:")) return "it is no http or https address";
  if (parsed.username !== "" || parsed.password !== "") return "it carries a password";
  if (privateToo) return null;
  if (parsed.protocol !== "https:") return "it is not https";
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || /\.(localhost|local|internal|lan|home\.arpa)$/i.test(host)) return "it is a private name";
  return isAddress(host) && isPrivateAddress(host) ? "it is a private address" : null;
}

const isAddress = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(":");

/**
 * Addresses that are not for the outside (IANA special-purpose registries, RFC 6890 and its updates): this machine, private and shared
 * networks, link-local with the clouds' metadata service, multicast, documentation, and IPv6 forms that carry such an IPv4 address.
 */
export function isPrivateAddress(address: string): boolean {
  return address.includes(":") ? isPrivateV6(address) : isPrivateV4(address);
}

function isPrivateV4(address: string): boolean {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return true;
  const [a, b, c] = parts as [number, number, number, number];
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99))) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113)
  );
}

function isPrivateV6(address: string): boolean {
  const groups = expand(address);
  if (groups === null) return true;
  const [a, b] = groups as [number, number];
  const embedded = (high: number, low: number): boolean =>
    isPrivateV4([high >> 8, high & 255, low >> 8, low & 255].join("."));
  // ::ffff:0:0/96 maps and 64:ff9b::/96 translates an IPv4 address; both reach it.
  if (groups.slice(0, 5).every((group) => group === 0)) return groups[5] !== 0xffff || embedded(groups[6]!, groups[7]!);
  if (a === 0x64 && b === 0xff9b) return embedded(groups[6]!, groups[7]!);
  if (a === 0x2002) return embedded(b, groups[2]!);
  // Only 2000::/3 is global unicast; 2001:db8::/32 is documentation, 2001::/23 is for protocols.
  return (a & 0xe000) !== 0x2000 || (a === 0x2001 && (b === 0xdb8 || b < 0x200));
}

/** The eight groups of an IPv6 address; null when it is none. */
function expand(address: string): readonly number[] | null {
  const text = address.split("%")[0]!.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a, b, c, d] = parts.slice(0, 4).map(Number) as [number, number, number, number];
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [left = "", right] = text.split("::");
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const [head, tail] = [groups(left), groups(right ?? "")];
  const filled =
    right === undefined
      ? head
      : [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0"), ...tail];
  const numbers = filled.map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : Number.NaN));
  return numbers.length === 8 && numbers.every((group) => !Number.isNaN(group)) ? numbers : null;
}
