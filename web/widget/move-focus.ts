/** Moves the focus and the caret from a replaced input to the input of the same name, so that typing goes on. */
export function moveFocus(from: Element | null, find: (selector: string) => HTMLElement | undefined): void {
  const name = from?.getAttribute('name')
  const target = name ? find(`[name="${CSS.escape(name)}"]`) : undefined
  target?.focus()
  // Only inputs of text have a caret.
  if (isInput(from) && isInput(target) && from.selectionStart !== null)
    target.setSelectionRange(from.selectionStart, from.selectionEnd)
}

function isInput(node: Element | null | undefined): node is HTMLInputElement {
  return node instanceof HTMLInputElement
}
