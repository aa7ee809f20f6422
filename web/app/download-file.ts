/** Downloads a text as a file. */
export function downloadFile(
  text: string,
  name: string,
  type: 'text/csv' | 'text/html' | 'application/json' = 'text/csv',
): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
