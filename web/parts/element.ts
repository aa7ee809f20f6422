type AttributeValue = string | number | boolean | undefined
/** An element as data: the widget makes DOM of it, the landing page makes text. Neither takes markup from anybody. */
export type MarkupElement = {
  tag: string
  attributes: { readonly [name: string]: AttributeValue }
  children: readonly MarkupNode[]
}
export type MarkupNode = MarkupElement | string | undefined | false | readonly MarkupNode[]

export function element(
  tag: string,
  attributes: MarkupElement['attributes'] = {},
  ...children: MarkupNode[]
): MarkupElement {
  return { tag, attributes, children }
}

/** A link to an address that came with data: only to the web, else the words alone. */
export function createLink(
  address: string | undefined,
  label: string,
  attributes: MarkupElement['attributes'] = {},
): MarkupNode {
  return address !== undefined && /^https?:\/\//i.test(address)
    ? element('a', { ...attributes, href: address }, label)
    : label
}
