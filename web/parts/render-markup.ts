import { createLink, element, type MarkupNode } from './element.ts'

/**
 * Text with the small markup of docs/markup.md as elements: paragraphs, lists, emphasis, and links to http and https addresses.
 * What is not markup is shown as it stands, so HTML stays text, and a link to any other kind of address too. `rel`: of its links.
 */
export function renderMarkup(body: string, rel?: string): MarkupNode {
  return body
    .split(/\n{2,}/)
    .flatMap(splitBlock)
    .map((block) => renderBlock(block, rel))
}

type Block = { tag: 'p' | 'ul' | 'ol'; start?: number; lines: string[] }

/** Lines that follow each other and are of the same kind: a paragraph, or items of one list. */
function splitBlock(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, bullet] = /^- (.*)$/.exec(line) ?? []
    const [, number, numbered] = /^(\d{1,3})[.] (.*)$/.exec(line) ?? []
    const tag = bullet !== undefined ? 'ul' : numbered !== undefined ? 'ol' : 'p'
    const content = bullet ?? numbered ?? line
    const last = blocks.at(-1)
    if (last?.tag === tag) last.lines.push(content)
    else
      blocks.push({ tag, lines: [content], ...(number !== undefined && number !== '1' && { start: Number(number) }) })
  }
  return blocks
}

function renderBlock({ tag, start, lines }: Block, rel: string | undefined): MarkupNode {
  if (tag === 'p') return element('p', {}, renderInline(lines.join('\n'), rel))
  const items = lines.map((line) => element('li', {}, renderInline(line, rel)))
  return element(tag, { start }, items)
}

// Each alternative is bounded and begins with a character of its own, and none can match the same text in two ways. A mark that opens emphasis
// follows no letter or digit and has text right after it, so that `15%*` and `2 * 3` stay as they are.
const inline =
  /\\([\\*[\]])|\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()<>"]{1,2000})\)|(?<![\p{L}\p{N}%$)*])\*\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s])\*\*|(?<![\p{L}\p{N}%$)*])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s])\*(?![\p{L}\p{N}*])/gu

function renderInline(text: string, rel: string | undefined): MarkupNode[] {
  const nodes: MarkupNode[] = []
  let end = 0
  for (const match of text.matchAll(inline)) {
    const [whole, escaped, label, address, strong, emphasis] = match
    nodes.push(text.slice(end, match.index))
    end = match.index + whole.length
    if (escaped !== undefined) nodes.push(escaped)
    else if (label !== undefined) nodes.push(createLink(address, label, { rel }))
    else if (strong !== undefined) nodes.push(element('strong', {}, strong))
    else nodes.push(element('em', {}, emphasis))
  }
  return [...nodes, text.slice(end)].filter((node) => node !== '')
}
