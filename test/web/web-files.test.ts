import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildFiles } from '#web/build-files.ts'

const widget = (await buildFiles()).files.get('/widget.js') ?? ''

describe('the widget', () => {
  // 12 KB until it ran in Safari 15, with Prototype.js, hydration and sandboxed frames (0.4 KB), told publishers of mistakes
  // (0.3 KB), sent sub IDs and click IDs (0.1 KB), showed cards with logo, place, length and tuition (0.4 KB), kept steps in
  // the history and a draft in the tab, skipped questions, hinted at mistyped addresses and named the program (2.2 KB), and
  // kept its step at links of the page, took a double click as one and no change while it sends (0.2 KB), and read numbers
  // and settings as people type and copy them, also with an input method, and kept its width in dialogs (0.4 KB), and asked for
  // the age where a source wants it, and passed on Global Privacy Control (0.4 KB), and showed the check and got the certificate
  // of a source (1.1 KB).
  it('builds the widget as one module under 17.8 KB gzipped that loads nothing but what a source asks for', () => {
    expect(gzipSync(widget).length).toBeLessThan(17.8 * 1024)
    expect(widget).not.toMatch(/\bimport\s*[("'{*]|\brequire\(/)
    expect([...widget.matchAll(/https?:\/\/([a-z.]+)/g)].map(([, name]) => name).toSorted()).toEqual([
      'api.trustedform.com',
      'challenges.cloudflare.com',
    ])
    expect(widget).toContain('tuition-request-form')
  })

  it('builds a widget without any API that turns text into markup', () => {
    expect(widget).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function/)
  })
})
