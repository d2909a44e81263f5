type Numbers = Int32Array | Uint32Array | Uint8Array | Float64Array;

const isNumbers = (value: object): value is Numbers =>
  [Int32Array, Uint32Array, Uint8Array, Float64Array].some((kind) => value instanceof kind);

/**
 * The same value with its typed arrays in memory that all threads see; arrays that are there already stay where they
 * are. Looks into plain objects, not into lists.
 */
export function shared<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (isNumbers(value)) return sharedNumbers(value) as Value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shared(part)])) as Value;
}

function sharedNumbers(numbers: Numbers): Numbers {
  if (numbers.buffer instanceof SharedArrayBuffer) return numbers;
  const copy = new (numbers.constructor as new (buffer: SharedArrayBuffer) => Numbers)(
    new SharedArrayBuffer(numbers.byteLength),
  );
  copy.set(numbers);
  return copy;
}
