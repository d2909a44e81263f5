import type { WireRefusal } from "../../edi/index.ts";
import type { MappingRefusal } from "../mapped/apply-mapping.ts";
import { entry, of, type Entry } from "./entry.ts";

/** Why a file is no interchange that could be read, or a document no list of orders; what is wrong inside one stands in its acknowledgement. */
export type EdiCode = WireRefusal["code"] | MappingRefusal["code"] | "EDI_NOT_SET_UP" | "MAPPING_NOT_FOUND";

export const ediEntries: Readonly<Record<EdiCode, Entry>> = {
  EDI_NOT_SET_UP: entry(
    404,
    "No partners are named",
    "This network exchanges X12 and EDIFACT with nobody.",
    "The operator names the partners in a file: docs/edi.md shows its form.",
  ),
  EDI_TOO_LARGE: entry(
    413,
    "Too large",
    (f) => `The file holds more than ${of(f, "limit")} ${of(f, "what")} at character ${of(f, "at")}.`,
    "Send several files.",
  ),
  EDI_NOT_EDI: entry(
    422,
    "No interchange",
    (f) => `At character ${of(f, "at")} no ISA, UNA or UNB begins.`,
    "Send the interchange as it was written, without mail or archive around it.",
  ),
  EDI_HEADER_BROKEN: entry(
    422,
    "Header broken",
    (f) => `The header cannot be read from character ${of(f, "at")} on: ${of(f, "why")}.`,
    "Write ISA in its fixed width of 106 characters, or UNA with its six separators and UNB after it.",
  ),
  MAPPING_NOT_FOUND: entry(
    404,
    "No such mapping",
    (f) => `Nothing is named ${of(f, "mapping")} here.`,
    "The operator names mappings in a file: docs/edi.md shows its form. POST /v1/inbound/preview tries one out.",
  ),
  MAPPED_NOT_A_LIST: entry(
    422,
    "No list",
    (f) => `At ${of(f, "at")} of the document stands no list.`,
    "Send the document for which the mapping was made, or correct its `each`.",
  ),
  MAPPED_TOO_MANY: entry(
    413,
    "Too many",
    (f) => `The list has ${of(f, "found")} entries; at most ${of(f, "limit")} are taken at once.`,
    "Send them in several documents.",
  ),
};
