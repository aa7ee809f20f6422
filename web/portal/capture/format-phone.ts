/** Formats a North American number, such as `(512) 555-0123`. Other numbers stay as they are. */
export function formatPhone(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
}
