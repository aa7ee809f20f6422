type AttributeValue = string | number | boolean | undefined
/**
 * An element as data. `to-dom.ts` renders it in the widget, `to-html.ts` on the server; neither accepts markup as text,
 * so nothing that a page shows can become an element.
 */
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

/** A link whose address comes from data. Only http and https addresses become links; others show the label alone. */
export function createLink(
  address: string | undefined,
  label: string,
  attributes: MarkupElement['attributes'] = {},
): MarkupNode {
  return address !== undefined && /^https?:\/\//i.test(address)
    ? element('a', { ...attributes, href: address }, label)
    : label
}
