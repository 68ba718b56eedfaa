/** Whether a word can be one mail address: one @, no spaces, and nothing that a mail header gives a meaning. */
export function isMailAddress(word: string): boolean {
  return (
    word.length <= 254 &&
    /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[^\s@<>()[\]\\,;:"\p{C}]+\.[^\s@<>()[\]\\,;:"\p{C}]+$/u.test(word)
  );
}
