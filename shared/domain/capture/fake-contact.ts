const keyboardRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
// biome-ignore format: a table
const roleMailboxes = new Set([
  'abuse', 'accounting', 'accounts', 'admin', 'administrator', 'admissions', 'billing', 'contact', 'donotreply', 'enquiries',
  'feedback', 'ftp', 'hello', 'help', 'helpdesk', 'hostmaster', 'hr', 'info', 'inquiries', 'jobs', 'mail', 'mailerdaemon',
  'marketing', 'newsletter', 'noc', 'noreply', 'office', 'postmaster', 'privacy', 'root', 'sales', 'security', 'service',
  'spam', 'support', 'sysadmin', 'team', 'usenet', 'webmaster', 'www',
])
const digitSequences = ['01234567890', '09876543210']

/** Whether a name is the first four or more letters of a keyboard row, five or more in a row within one, or one letter three times or more. */
export function isKeyboardRun(name: string): boolean {
  const letters = toLetters(name)
  if (/^(.)\1{2,}$/u.test(letters)) return true
  return keyboardRows.some((row) => (letters.length >= 4 && row.startsWith(letters)) || hasRunWithin(row, letters, 5))
}

/** Whether a normalized address is that of an office and not of a person (RFC 2142, and what companies use besides). */
export function isRoleMailbox(email: string): boolean {
  const [mailboxName = ''] = email.slice(0, email.lastIndexOf('@')).toLowerCase().split('+')
  return roleMailboxes.has(mailboxName.replace(/[._-]/g, ''))
}

export function isSameName(first: string, last: string): boolean {
  const letters = toLetters(first)
  return letters !== '' && letters === toLetters(last)
}

/** Whether the last seven digits are one digit repeated or a sequence. The area code may be any. */
export function isRepeatedDigits(phone: string): boolean {
  const local = phone.replace(/\D/g, '').slice(-7)
  return /^(.)\1{6}$/.test(local) || digitSequences.some((row) => hasRunWithin(row, local, 7))
}

function hasRunWithin(row: string, text: string, minLength: number): boolean {
  return text.length >= minLength && row.includes(text)
}

/** The letters alone, in lower case and without accents, in any script. */
function toLetters(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
}
