import { aProgram, aSchool, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { buildCampaign } from '#test/functions/routing/create-test-market.ts'

/** `to-school`: Alpha still gets the lead. `to-no-one`: no one may get it. */
export type RecordEdit = { expected: 'to-school' | 'to-no-one'; apply: (system: TestSystem) => Promise<unknown> }

type Fields = { [field: string]: unknown }
export const alphaSchool = { name: 'Alpha College', legalName: 'Alpha College, Inc.' }
const omega = { name: 'Omega', legalName: 'Omega Debt Buyers LLC' }
const omegaEndpoint = { kind: 'webhook', url: 'https://omega.example/leads', fallbackTo: 'leads@omega.example' }

/** Edits of records between the birth of a delivery and a moment of sending. */
export const recordEdits: { [name: string]: RecordEdit } = {
  'nothing is edited': { expected: 'to-school', apply: async () => {} },
  'the URL of the endpoint is corrected': {
    expected: 'to-school',
    apply: ({ api }) =>
      putCampaign(api, 'alpha', { endpoint: { kind: 'webhook', url: 'https://new.alpha.example/leads' } }),
  },
  'the price and the sharing change': {
    expected: 'to-school',
    apply: ({ api }) => putCampaign(api, 'alpha', { priceCents: 1, sharing: 'exclusive' }),
  },
  'the campaign is paused': {
    expected: 'to-school',
    apply: ({ api }) => putCampaign(api, 'alpha', { status: 'paused' }),
  },
  'the school is renamed and renamed back': {
    expected: 'to-school',
    apply: async ({ api }) => {
      await putRecord(api, 'schools', 'alpha', aSchool(omega))
      await putRecord(api, 'schools', 'alpha', aSchool(alphaSchool))
    },
  },
  'only the display name of the school changes': {
    expected: 'to-school',
    apply: ({ api }) => putRecord(api, 'schools', 'alpha', aSchool({ ...alphaSchool, name: 'The Alpha' })),
  },
  'staff try to move the campaign to another school': {
    expected: 'to-school',
    apply: ({ api }) =>
      api.staff('PUT', '/v1/ops/campaigns/alpha', {
        body: buildCampaign('beta', { endpoint: omegaEndpoint }),
      }),
  },
  'the legal name becomes that of another company': {
    expected: 'to-no-one',
    apply: async ({ api }) => {
      await putRecord(api, 'schools', 'alpha', aSchool({ ...alphaSchool, legalName: omega.legalName }))
      await putCampaign(api, 'alpha', { endpoint: omegaEndpoint })
    },
  },
  'the campaign is deleted': { expected: 'to-no-one', apply: deleteCampaign },
  'the campaign is deleted, and another of the school sells the program': {
    expected: 'to-school',
    apply: async (system) => {
      await putCampaign(system.api, 'alpha-2', {
        endpoint: { kind: 'webhook', url: 'https://second.alpha.example/leads' },
      })
      await deleteCampaign(system)
    },
  },
  'the campaign is deleted, and another of the school sells the program but is paused': {
    expected: 'to-no-one',
    apply: async (system) => {
      await putCampaign(system.api, 'alpha-2', { status: 'paused' })
      await deleteCampaign(system)
    },
  },
  'the campaign is deleted and created again for another school': {
    expected: 'to-no-one',
    apply: async (system) => {
      await deleteCampaign(system)
      await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('beta', { endpoint: omegaEndpoint }))
    },
  },
  'the school is deleted': { expected: 'to-no-one', apply: deleteSchool },
  'the school is deleted and created again for another company': {
    expected: 'to-no-one',
    apply: async (system) => {
      await deleteSchool(system)
      await recreateSchool(system, omega)
    },
  },
  'the school is deleted and created again under the same names': {
    expected: 'to-no-one',
    apply: async (system) => {
      await deleteSchool(system)
      await recreateSchool(system, alphaSchool)
    },
  },
}

function putCampaign(api: TestSystem['api'], id: string, fields: Fields = {}) {
  return putRecord(api, 'campaigns', id, buildCampaign('alpha', fields))
}

export async function deleteCampaign({ api }: TestSystem) {
  await api.staff('DELETE', '/v1/ops/campaigns/alpha')
}

export async function deleteSchool(system: TestSystem) {
  await deleteCampaign(system)
  for (const path of ['programs/alpha-program', 'schools/alpha']) {
    const { status, text } = await system.api.staff('DELETE', `/v1/ops/${path}`)
    if (status !== 204) throw new Error(`${path} was not deleted: ${text}`)
  }
}

export async function recreateSchool({ api }: TestSystem, school: Fields) {
  await putRecord(api, 'schools', 'alpha', aSchool(school))
  await putRecord(api, 'programs', 'alpha-program', aProgram({ schoolId: 'alpha' }))
  await putCampaign(api, 'alpha', { endpoint: omegaEndpoint })
}
