/**
 * Rewrites the head of a response as a reader may that must not fail at it: folded lines are joined (RFC 9112, 5.2), a line
 * feed alone ends a line (2.2), a space before a colon is left out (5.1), a length that is repeated counts once, and one
 * beside chunks does not count (6.3). Anything else that is wrong stays, for the HTTP client to refuse. In and out as Latin-1.
 */
export function normalizeHead(head: string): string {
  const [statusLine = '', ...lines] = head
    .replace(/\r?\n[ \t]+(?=\S)/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/^([^\s:]+)[ \t]+:/, '$1:'))
  const fields = lines.filter((line) => line !== '')
  const isChunked = fields.some((line) => /^transfer-encoding:.*chunked[ \t]*$/i.test(line))
  const lengths = new Set(fields.filter(isLength).flatMap((line) => readValue(line).split(/[ \t]*,[ \t]*/)))
  const [length] = lengths
  const keptFields =
    isChunked || lengths.size === 1
      ? [...fields.filter((line) => !isLength(line)), ...(isChunked ? [] : [`content-length: ${length}`])]
      : fields
  return [statusLine.replace(/^(HTTP\/\d\.\d) +(\d{3}) */, '$1 $2 '), ...keptFields, '', ''].join('\r\n')
}

function isLength(line: string): boolean {
  return /^content-length:/i.test(line)
}

function readValue(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim()
}
