import { sha256 } from '#shared/platform/digests.ts'
import { renderConsentText } from '#test/builders/consent-text.ts'
import type { Fields, HostCall, HostCallOptions, HostJson, KeyCall, Receiver } from './host-calls.ts'

/** Fields of each school of a market, by a name of its own. */
export type MarketSpec = { [name: string]: { school?: Fields; program?: Fields; campaign?: Fields } }
type MarketInput = { number: number; schools: MarketSpec; source: Fields }
type MarketHost = { call: HostCall; staff: KeyCall; withKey: (key: string) => KeyCall; openReceiver: () => Receiver }

/** A career, schools that sell a program of it, and a source: records that no other test edits. */
export async function createMarket({ number, schools, source }: MarketInput, host: MarketHost) {
  const { call, staff, withKey, openReceiver } = host
  const id = (name: string) => `m${number}-${name}`
  const receivers = new Map(Object.keys(schools).map((name) => [name, openReceiver()]))
  const receiver = (name: string) => receivers.get(name) ?? fail(`There is no school ${name}.`)
  const legalName = (name: string) => `Legal ${name.toUpperCase()} of Market ${number}, Inc.`

  const buildSchool = (name: string, fields: Fields = {}) => ({
    name: `School ${number} ${name}`,
    legalName: legalName(name),
    timeZone: 'America/Chicago',
    ...schools[name]?.school,
    ...fields,
  })
  const buildProgram = (name: string, fields: Fields = {}) => ({
    schoolId: id(name),
    name: `Program ${name}`,
    careerSlugs: [id('career')],
    level: 'associate',
    modality: 'online',
    ...schools[name]?.program,
    ...fields,
  })
  const buildCampaign = (name: string, fields: Fields = {}) => ({
    schoolId: id(name),
    programIds: [id(`${name}-program`)],
    priceCents: 4500,
    endpoint: { kind: 'webhook', url: receiver(name).url },
    ...schools[name]?.campaign,
    ...fields,
  })

  async function put(kind: string, name: string, body: object) {
    const path = `/${kind}/${id(name)}`
    const exists = (await staff('GET', path)).status === 200
    const response = await staff('PUT', path, body, exists ? { 'if-match': '*' } : {})
    return response.status <= 201 ? response : fail(`${path}: ${response.text}`)
  }
  async function remove(kind: string, name: string) {
    const { status, text } = await staff('DELETE', `/${kind}/${id(name)}`, undefined, { 'if-match': '*' })
    if (status !== 204) fail(`${kind}/${id(name)}: ${text}`)
  }
  const putSchool = (name: string, fields: Fields = {}) => put('schools', name, buildSchool(name, fields))
  const putCampaign = (name: string, fields: Fields = {}) => put('campaigns', name, buildCampaign(name, fields))
  const putSource = () => put('sources', 'source', { name: `Source ${number}`, mode: 'live', abuse: 'off', ...source })
  async function createSchool(name: string) {
    await putSchool(name)
    await put('programs', `${name}-program`, buildProgram(name))
    await putCampaign(name)
  }
  async function removeSchool(name: string) {
    await remove('campaigns', name)
    await remove('programs', `${name}-program`)
    await remove('schools', name)
  }
  async function createKey(holder: object, scope: string) {
    const { body, text } = await staff('POST', '/keys', { holder, scope, name: crypto.randomUUID().slice(0, 8) })
    return withKey(body.key ?? fail(text))
  }

  await put('careers', 'career', { title: `Career ${number}`, summary: 'A career.', facts: [], sections: [] })
  for (const name of Object.keys(schools)) await createSchool(name)
  const pageHeaders = { 'x-source-key': String((await putSource()).body.key) }

  const person = (visitor: number) => ({
    firstName: 'Ada',
    lastName: 'Example',
    email: `ada.${number}.${visitor}@mail.example`,
    phone: `(512) ${200 + number}-${1000 + visitor}`,
    zip: '78701',
  })
  const education = { highestLevel: 'high-school-diploma' }
  const page = { url: 'https://careers.example/' }
  async function match(): Promise<HostJson> {
    const body = { careerSlug: id('career'), zip: '78701', education }
    const response = await call('POST', '/v1/matches', { headers: pageHeaders, body })
    return response.status === 200 ? response.body : fail(response.text)
  }
  const buildForm = (shown: HostJson, visitor: number, fields: Fields = {}) => ({
    matchId: shown.matchId,
    contact: person(visitor),
    education,
    consent: { granted: true, sha256: sha256(renderConsentText(shown, fields.schoolIds)) },
    page,
    ...fields,
  })
  const submit = (body: object, headers: HostCallOptions['headers'] = {}) =>
    call('POST', '/v1/leads', { headers: { ...pageHeaders, 'idempotency-key': crypto.randomUUID(), ...headers }, body })
  const readStory = async (leadId: string) => (await staff('GET', `/leads/${leadId}`)).body

  return {
    ...{
      number,
      id,
      receiver,
      legalName,
      buildSchool,
      buildProgram,
      buildCampaign,
      pageHeaders,
      person,
      match,
      buildForm,
      submit,
    },
    ...{ put, remove, putSchool, putCampaign, putSource, createSchool, removeSchool, readStory },
    createSchoolKey: (name: string, scope = 'manage') => createKey({ caller: 'school', schoolId: id(name) }, scope),
    createPublisherKey: () => createKey({ caller: 'source', sourceId: id('source') }, 'server'),
    /** The visitors' contact details, as they are sent. */
    hasContact: (text: string, visitor = 1) =>
      [person(visitor).email, person(visitor).phone.replace(/\D/g, '')].some((value) => text.includes(value)),
    async visit(visitor = 1, fields: Fields = {}) {
      const { status, text, body } = await submit(buildForm(await match(), visitor, fields))
      if (status !== 201) fail(text)
      const { leadId, withdrawalPath, schools: shown }: HostJson = body
      const findDelivery = (name: string): string => shown.find((one: HostJson) => one.schoolId === id(name)).deliveryId
      return { leadId: String(leadId), withdrawalPath: String(withdrawalPath), findDelivery }
    },
    async readState(leadId: string, name: string): Promise<string | undefined> {
      return (await readStory(leadId)).deliveries.find((one: HostJson) => one.schoolId === id(name))?.state
    },
    /** Such as `a:SOLD` or `a:CAP_DAY`, of all decisions. */
    async listVerdicts(leadId: string): Promise<string[]> {
      return (await readStory(leadId)).decisions.flatMap(({ verdicts }: HostJson) =>
        verdicts.map((one: HostJson) => `${one.campaignId.replace(id(''), '')}:${one.selected ? 'SOLD' : one.reason}`),
      )
    },
    async readBalance(name: string): Promise<number> {
      const callAsSchool = await createKey({ caller: 'school', schoolId: id(name) }, 'read')
      return (await callAsSchool('GET', '/school/account')).body.balanceCents
    },
  }
}

function fail(message: string): never {
  throw new Error(message)
}
