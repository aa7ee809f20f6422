import { colors, colorVariables } from '../parts/colors.ts'
import partsStyle from '../parts/parts.css'
import { toDom } from './to-dom.ts'
import widgetStyle from './widget.css'

const pageColors = Object.entries(colors)
  .map(([name, [light, dark]]) => `--${name}:var(--prospectus-${name},light-dark(${light},${dark}))`)
  .join(';')

/** The style of a component. Labels, disclosure and consent text inherit nothing from the page and keep our colors. */
const componentStyle = [
  '.disclosure,.sponsored,.consent{all:initial;color-scheme:inherit}',
  partsStyle,
  `:host{${pageColors}}`,
  `.disclosure,.sponsored,.consent{${colorVariables}}`,
  widgetStyle,
].join('\n')

let sharedSheet: CSSStyleSheet | undefined

/**
 * Styles a shadow root. Returns nodes to put into it: none, or a `style` element if the browser (Safari before 16.4) cannot
 * share a sheet; a page's content security policy may refuse the element.
 */
export function styleRoot(root: ShadowRoot): Node[] {
  try {
    if (!('adoptedStyleSheets' in root)) throw new TypeError()
    sharedSheet ??= createSheet()
    root.adoptedStyleSheets = [sharedSheet]
    return []
  } catch {
    return [toDom({ tag: 'style', attributes: {}, children: [getSupportedStyle()] })]
  }
}

function createSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(getSupportedStyle())
  return sheet
}

// Safari before 17.5 has no light-dark() and would show no color at all.
function getSupportedStyle(): string {
  return CSS.supports('color:light-dark(red,red)')
    ? componentStyle
    : componentStyle.replace(/light-dark\((.+?),.+?\)/g, '$1')
}
