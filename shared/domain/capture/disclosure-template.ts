/**
 * A consent text as data, from which a page renders the text for exactly the schools that stay checked: `before`, the
 * joined names, `after`. Two names are joined with `pair`; more with `separator`, and with `last` before the last one.
 */
export type DisclosureTemplate = {
  before: string
  after: string
  join: { pair: string; separator: string; last: string }
}

/** The text that names these schools, at least one, in this order. */
export function renderDisclosureTemplate(
  { before, after, join }: DisclosureTemplate,
  names: readonly string[],
): string {
  return `${before}${joinNames(names, join)}${after}`
}

// Not Intl.ListFormat, because locale data may change and the text must stay the same for years.
function joinNames(names: readonly string[], { pair, separator, last }: DisclosureTemplate['join']): string {
  if (names.length < 3) return names.join(pair)
  return `${names.slice(0, -1).join(separator)}${last}${names.at(-1)}`
}
