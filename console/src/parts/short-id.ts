/** The last six letters tell two ids apart, and can be read aloud. */
export const shortId = (id: string): string => id.slice(-6).toUpperCase();
