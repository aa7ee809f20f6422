import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { getCurrentDisclosureTemplate } from '#shared/domain/capture/disclosure.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { renderConsentText } from '#test/builders/consent-text.ts'

const guide = readFileSync(new URL('../../docs/widget.md', import.meta.url), 'utf8')
const schools = ['oak', 'elm', 'fir'].map((schoolId) => ({ schoolId, consentName: `${schoolId} “College”, Inc.` }))
const match = { schools, disclosure: { text: '', template: getCurrentDisclosureTemplate() } }

it.each([[['oak']], [['fir', 'oak']], [['oak', 'elm', 'fir']]])(
  'the guide for a form of your own renders and hashes the text that the API expects for %j',
  async (checkedIds) => {
    const code = /\/\*\* The text for the checked schools.*?(?=\n\/\/ POST \/v1\/leads)/s.exec(guide)?.[0]
    const context = { ...match, crypto, TextEncoder, result: [''] }
    await runInNewContext(
      `${code}; (async () => { const text = consentText(${JSON.stringify(checkedIds)}); result = [text, await sha256(text)] })()`,
      context,
    )
    const text = renderConsentText(match, checkedIds)
    expect(context.result).toEqual([text, sha256(text)])
  },
)
