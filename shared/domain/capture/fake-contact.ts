const keyboardRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const digitSequences = ['01234567890', '09876543210']

/** A name of at least four letters that is the start of a row of keys, five from within one, or three times one letter. */
export function isKeyboardRun(name: string): boolean {
  const letters = toLetters(name)
  if (/^(.)\1{2,}$/u.test(letters)) return true
  return keyboardRows.some((row) => (letters.length >= 4 && row.startsWith(letters)) || hasRunWithin(row, letters, 5))
}

export function isSameName(first: string, last: string): boolean {
  const letters = toLetters(first)
  return letters !== '' && letters === toLetters(last)
}

/** By the last seven digits: an area code says where somebody once lived. */
export function isRepeatedDigits(phone: string): boolean {
  const local = phone.replace(/\D/g, '').slice(-7)
  return /^(.)\1{6}$/.test(local) || digitSequences.some((row) => hasRunWithin(row, local, 7))
}

function hasRunWithin(row: string, text: string, minLength: number): boolean {
  return text.length >= minLength && row.includes(text)
}

/** Without accents, case, spaces and signs, in whatever script. */
function toLetters(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
}
