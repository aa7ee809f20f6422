import { listRejectedInbound } from '#shared/contract/capture/inbound.ts'
import type { TestApiOptions } from '#test/create-test-api.ts'
import {
  career,
  createTestSystem,
  listTodaysLeads,
  putRecord,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

type Fields = { [field: string]: unknown }
export const googleKey = 'a-key-of-google-forms'
export const consentText =
  'By choosing “Send” I agree that Bay Shore Institute may call me at my number with automated technology, and ' +
  'nobody else. I need not agree in order to buy anything.'

export const aForm = (fields: Fields = {}) => ({
  formId: '40000000000',
  careerSlug: career,
  consentText,
  schoolsNamed: ['bay-shore'],
  highestLevel: 'high-school-diploma',
  ...fields,
})

/** The sample of Google's documentation, with a person of Texas. */
export const aGoogleLead = (fields: Fields = {}, answers: { [column: string]: string } = {}) => ({
  lead_id: 'TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghijklmnopqrstuvwxyz-0123456789-AaBbCcDdEeFfGgHhIiJjKkLl',
  user_column_data: Object.entries({
    FULL_NAME: 'Ada Example',
    EMAIL: 'ada1@mail.example',
    PHONE_NUMBER: '+15127891001',
    POSTAL_CODE: '78701',
    ...answers,
  }).map(([column_id, string_value]) => ({ column_id, column_name: `Name of ${column_id}`, string_value })),
  api_version: '1.0',
  form_id: 40_000_000_000,
  campaign_id: 10_000_000_000,
  google_key: googleKey,
  is_test: false,
  gcl_id: 'click-1',
  adgroup_id: 20_000_000_000,
  creative_id: 30_000_000_000,
  ...fields,
})

export async function createInboundSystem(source: Fields = {}, options: TestApiOptions = {}) {
  const system = await createTestSystem(options)
  const write = (fields: Fields = {}) =>
    putRecord(system.api, 'sources', 'forms', {
      ...{ name: 'Lead forms', mode: 'live', abuse: 'observe', inbound: { vendor: 'google', forms: [aForm()] } },
      ...source,
      ...fields,
    })
  await write({ inboundKey: source.inboundKey ?? googleKey })
  const post = (body: unknown, { sourceId = 'forms', ...request }: { sourceId?: string; ip?: string } = {}) =>
    system.api.call('POST', `/v1/inbound/google/${sourceId}`, { body, ...request })
  return {
    system,
    api: system.api,
    write,
    post,
    list: () => listRejected(system),
    leads: () => listTodaysLeads(system),
  }
}

export async function listRejected({ api }: TestSystem) {
  const { body } = await api.staff('GET', '/v1/ops/rejected-inbound')
  return listRejectedInbound.responses[200].body.parse(body).rejected
}
