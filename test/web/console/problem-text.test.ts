import { describe, expect, it } from 'vitest'
import { problems } from '#shared/contract/problems.ts'
import { spamRules } from '#shared/domain/capture/spam-rules.ts'
import { describeProblem, problemText } from '#web/app/text/problem-text.ts'
import { spamRuleLabels } from '#web/console/text/capture-text.ts'

describe('text for codes of the API', () => {
  it.each(Object.keys(problems))('has a sentence for the problem code %s', (code) => {
    expect(problemText[code]).toMatch(/^[A-Z].*\.$/)
  })

  it.each(spamRules.map(({ code }) => code))('has a sentence for the spam rule %s', (code) => {
    expect(spamRuleLabels[code]).toMatch(/^[A-Z].*\.$/)
  })

  it('adds the incident ID to a fault and to no other problem', () => {
    expect(describeProblem({ code: 'FAULT', instance: 'inc_1' })).toMatch(/Incident ID: inc_1$/)
    expect(describeProblem({ code: 'NOT_FOUND', instance: 'req_1' })).not.toContain('req_1')
  })

  it('describes a code that it does not list as a fault', () => {
    expect(describeProblem({ code: 'NEW_CODE' })).toBe(problemText.FAULT)
  })
})
