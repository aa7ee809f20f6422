const rowsOfKeys = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const digitsInARow = ['01234567890', '09876543210']

/** A name of at least four letters that is the start of a row of keys, five from within one, or three times one letter. */
export function isKeyboardRun(name: string): boolean {
  const letters = lettersOf(name)
  if (/^(.)\1{2,}$/u.test(letters)) return true
  return rowsOfKeys.some((row) => (letters.length >= 4 && row.startsWith(letters)) || isWithin(row, letters, 5))
}

export function isSameName(first: string, last: string): boolean {
  const letters = lettersOf(first)
  return letters !== '' && letters === lettersOf(last)
}

/** By the last seven digits: an area code says where somebody once lived. */
export function isRepeatedDigits(phone: string): boolean {
  const local = phone.replace(/\D/g, '').slice(-7)
  return /^(.)\1{6}$/.test(local) || digitsInARow.some((row) => isWithin(row, local, 7))
}

function isWithin(row: string, text: string, least: number): boolean {
  return text.length >= least && row.includes(text)
}

/** Without accents, case, spaces and signs, in whatever script. */
function lettersOf(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
}
