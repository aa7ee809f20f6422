/** Hides the passwords in URLs and settings, for what is shown at a terminal. */
export function hidePasswords(text: string): string {
  return text
    .replaceAll(/(:\/\/[^\s:@/]*:)[^\s/]*@/g, '$1***@')
    .replaceAll(/^(\w*(?:SECRET|PASSWORD)\w*=).+$/gm, '$1***')
}
