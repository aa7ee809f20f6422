import { text } from '../../vocabulary.ts'

/**
 * Text of a page with a small markup, which is stored and served as it was written: a blank line between paragraphs, lists of lines that
 * begin with `- ` or `1. `, `*emphasis*`, `**strong**`, and `[links](https://...)` to http and https addresses. All else is shown as
 * it stands, HTML too. `docs/markup.md` has the grammar, `web/parts/render-markup.ts` shows it.
 */
export const markup = (maxLength: number) =>
  text(maxLength).meta({
    description:
      'Text with a small markup: a blank line between paragraphs, lists of lines that begin with `- ` or `1. `, `*emphasis*`, `**strong**`, ' +
      '`[links](https://...)`. HTML is shown as text.',
  })
