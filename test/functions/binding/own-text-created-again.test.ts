import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import {
  aCareer,
  aPerson,
  aProgram,
  career,
  createServerHeaders,
  postLead,
  putRecord,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { advanceTime, buildCampaign, createTestMarket } from '#test/functions/routing/create-test-market.ts'
import { readStory } from '#test/functions/withdrawal/withdrawal-fixture.ts'
import { alphaSchool, deleteCampaign } from './record-edits.ts'

const text =
  'I agree that Alpha College, Inc. may call me at my phone number with automated technology. This is not a condition of any purchase.'
const dayAndHourSeconds = 25 * 3600

/** A lead under a text of the publisher, which names a career and no program. */
async function postOwnText(system: TestSystem, number: number): Promise<string> {
  const body = {
    careerSlug: career,
    contact: aPerson(number),
    education: { highestLevel: 'high-school-diploma' },
    consent: { granted: true, text, schoolsNamed: ['alpha'] },
    page: { url: 'https://publisher.example/' },
  }
  const response = await postLead(system, body, await createServerHeaders(system))
  return leadReceipt.parse(response.body).leadId
}

async function recreateCareer(system: TestSystem) {
  await deleteCampaign(system)
  for (const path of ['programs/alpha-program', `careers/${career}`])
    expect((await system.api.staff('DELETE', `/v1/ops/${path}`)).status).toBe(204)
  await putRecord(system.api, 'careers', career, aCareer({ title: 'Welder' }))
  await putRecord(system.api, 'programs', 'alpha-program', aProgram({ schoolId: 'alpha', name: 'Welding' }))
}

/** A lead that waits for an offer, because the campaign was paused when it came. */
async function createWaitingLead(number = 1, prepare = async (_: TestSystem) => {}) {
  const system = await createTestMarket({ alpha: { school: alphaSchool, campaign: { status: 'paused' } } })
  await prepare(system)
  return { system, leadId: await postOwnText(system, number) }
}

async function resumeAndOffer(system: TestSystem) {
  await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha'))
  await advanceTime(system, dayAndHourSeconds)
}

describe('a lead under a text of the publisher that names no program', () => {
  it('is offered to a campaign that is resumed', async () => {
    const { system, leadId } = await createWaitingLead()
    await resumeAndOffer(system)
    expect(system.api.webhooks.requests).toHaveLength(1)
    expect(await readStory(system, leadId)).toMatchObject({ deliveries: [{ schoolId: 'alpha', state: 'delivered' }] })
  })

  it('is not offered for another career that has the ID of the deleted one', async () => {
    const { system, leadId } = await createWaitingLead()
    await recreateCareer(system)
    await resumeAndOffer(system)
    expect(system.api.webhooks.requests).toEqual([])
    expect((await readStory(system, leadId)).decisions.at(-1)?.verdicts).toMatchObject([
      {
        reason: 'SCHOOL_NOT_NAMED_IN_CONSENT',
        detail: 'The career was deleted after the consent, and this is a new record with its ID.',
      },
    ])
  })

  it('is bound to the later career if it came after that was created', async () => {
    const { system } = await createWaitingLead(1, async (system) => {
      await recreateCareer(system)
      await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha', { status: 'paused' }))
    })
    await resumeAndOffer(system)
    expect(system.api.webhooks.requests).toHaveLength(1)
    await recreateCareer(system)
    await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha'))
    await postOwnText(system, 2)
    await advanceTime(system, 1)
    expect(system.api.webhooks.requests).toHaveLength(2)
  })
})
