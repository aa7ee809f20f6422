type Value = string | number | boolean | undefined
/** An element as data: the widget makes DOM of it, the landing page makes text. Neither takes markup from anybody. */
export type Element = { tag: string; attributes: { readonly [name: string]: Value }; children: readonly Part[] }
export type Part = Element | string | undefined | false | readonly Part[]

export function element(tag: string, attributes: Element['attributes'] = {}, ...children: Part[]): Element {
  return { tag, attributes, children }
}

/** A link to an address that came with data: only to the web, else the words alone. */
export function linkTo(address: string | undefined, words: string, attributes: Element['attributes'] = {}): Part {
  return address !== undefined && /^https?:\/\//i.test(address)
    ? element('a', { ...attributes, href: address }, words)
    : words
}
