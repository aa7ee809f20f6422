import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderMarkup } from '#web/parts/render-markup.ts'
import { toHtml } from '#web/parts/to-html.ts'

const render = (text: string) => toHtml(renderMarkup(text))

describe('renderMarkup', () => {
  it('shows paragraphs, lists, numbered lists from their first number, emphasis and links', () => {
    expect(render('One\n\nTwo *three* **four**')).toBe('<p>One</p><p>Two <em>three</em> <strong>four</strong></p>')
    expect(render('You learn:\n- coding\n- *law*')).toBe(
      '<p>You learn:</p><ul><li>coding</li><li><em>law</em></li></ul>',
    )
    expect(render('3. three\n4. four')).toBe('<ol start="3"><li>three</li><li>four</li></ol>')
    expect(render('See ([BLS](https://www.bls.gov/ooh/)).')).toBe(
      '<p>See (<a href="https://www.bls.gov/ooh/">BLS</a>).</p>',
    )
  })

  it.each([
    'Growth of 15%* and a salary of $40,430*.',
    '2 * 3 * 4',
    'snake*case*word',
    '* not a list',
    'an [unfinished](https://a.example link',
    '**',
  ])('leaves “%s” as it stands', (text) => {
    expect(render(text)).toBe(`<p>${text}</p>`)
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,hello)',
    '[x](//evil.example/)',
    '[x](ftp://files.example/)',
  ])('makes no link of %s', (text) => {
    expect(render(text)).not.toContain('<a')
  })

  it('shows HTML as text, in labels and addresses too', () => {
    expect(render('<script>alert(1)</script>')).toBe('<p>&#60;script&#62;alert(1)&#60;/script&#62;</p>')
    expect(render('[<img src=x>](https://a.example/)')).not.toContain('<img')
    expect(render('[x](https://a.example/"onclick="alert)')).not.toContain('<a')
  })

  it('shows an escaped mark as itself', () => {
    expect(render('\\*not emphasis\\* and \\[no link\\](https://a.example)')).toBe(
      '<p>*not emphasis* and [no link](https://a.example)</p>',
    )
  })

  it('makes only known elements of any text, and links only to http and https', () => {
    const part = fc.constantFrom(
      '*',
      '**',
      '[',
      ']',
      '(',
      ')',
      '](https://a.b/',
      '<b>',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      'a',
      ' ',
      '\\',
      '"',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const html = render(parts.join(''))
        const tags = [...html.matchAll(/<\/?([^\s>]+)[^>]*>/g)].map(([, tag]) => tag)
        expect(tags.filter((tag) => !['p', 'ul', 'ol', 'li', 'em', 'strong', 'a'].includes(tag ?? ''))).toEqual([])
        for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:/)
      }),
    )
  })
})
