import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildWidget } from '#web/build-widget.ts'

describe('the widget', () => {
  it('is one module of less than 12 KB, gzipped, that loads nothing', async () => {
    const text = await buildWidget()
    expect(gzipSync(text).length).toBeLessThan(12 * 1024)
    expect(text).not.toMatch(/\bimport\s*[("'{*]|\brequire\(|https?:\/\/(?!\/)[a-z]/)
    expect(text).toContain('tuition-request-form')
  })

  it('has no way from text to markup', async () => {
    expect(await buildWidget()).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function/,
    )
  })
})
