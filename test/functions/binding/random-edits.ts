import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { renderConsentText } from '#test/builders/consent-text.ts'
import type { TestApiOptions } from '#test/create-test-api.ts'
import { aLead, aProgram, aSchool, postLead, requestMatch } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import {
  advanceTime,
  createTestMarket,
  deliverDue,
  readTimeline,
  responses,
} from '#test/functions/routing/create-test-market.ts'
import { type Edit, type EditCommand, type EditedSchoolId, hours, legalNames, schoolIds } from './edit-commands.ts'

/**
 * Runs the commands and returns where contact details went against the consent. The test keeps its own books: the text that
 * each person saw, the legal name of each school, and whose address is whose.
 */
export async function findStrayContacts(sequence: readonly EditCommand[], options: TestApiOptions = {}) {
  const market = await createEditedMarket(options)
  for (const command of sequence) {
    await runCommand(market, command)
    market.system.api.advanceClock(1)
  }
  await market.settle()
  return market.result()
}

async function createEditedMarket(options: TestApiOptions) {
  const system = await createTestMarket({}, options)
  const { api } = system
  const legalNameOf = new Map<string, string>()
  /** An address belongs to its school while a campaign has it, and afterwards to the company that had it last. */
  const addressOf = new Map<string, { address: string; schoolId: string }>()
  const formerOwners = new Map<string, string>()
  const textOf = new Map<string, string>()
  const leadIds: string[] = []
  const strays: string[] = []
  let [sentCount, addressCount] = [0, 0]

  const checkReceiver = (receiver: string, text: string, owner: string | undefined) => {
    for (const [email] of text.matchAll(/ada\d+@mail\.example/g)) {
      sentCount += 1
      if (!owner || !textOf.get(email)?.includes(owner)) strays.push(`${email} went to ${receiver} of ${owner}`)
    }
  }
  const findOwner = (receiver: string) => {
    for (const { address, schoolId } of addressOf.values())
      if (receiver.includes(address)) return legalNameOf.get(schoolId)
    return [...formerOwners].find(([address]) => receiver.includes(address))?.[1]
  }
  const retireAddress = (campaign: string) => {
    const current = addressOf.get(campaign)
    if (current) formerOwners.set(current.address, legalNameOf.get(current.schoolId) ?? '')
    addressOf.delete(campaign)
  }
  let answer: 'accept' | 'fail' | 'reject' = 'accept'
  api.webhooks.respond = ({ url, body }) => {
    checkReceiver(url, body, findOwner(url))
    if (answer === 'reject') return webhookResponse(200, '{"outcome": "failure", "reason": "No"}')
    return webhookResponse(answer === 'fail' ? 503 : 200)
  }
  const readMailbox = () => {
    for (const message of api.mailbox.messages.splice(0))
      checkReceiver(String(message.to), JSON.stringify(message), findOwner(String(message.to)))
  }

  async function runEdit(edit: Edit): Promise<void> {
    // Emails were sent before this edit.
    readMailbox()
    switch (edit.edit) {
      case 'put school': {
        // The name that pages show stays, so that only the legal name tells companies apart.
        const body = aSchool({ name: `${edit.school} College`, legalName: edit.legalName })
        if (await put(`schools/${edit.school}`, body)) legalNameOf.set(edit.school, edit.legalName)
        return
      }
      case 'put program':
        await put(`programs/${edit.program}-program`, aProgram({ schoolId: edit.school }))
        return
      case 'put campaign': {
        addressCount += 1
        const address = `address-${addressCount}.example`
        const webhook = { kind: 'webhook', url: `https://${address}/leads`, fallbackTo: `leads@${address}`, responses }
        const body = {
          schoolId: edit.school,
          programIds: [`${edit.school}-program`],
          priceCents: 100,
          status: edit.isPaused ? 'paused' : 'active',
          endpoint: edit.isEmail ? { kind: 'email', to: `leads@${address}` } : webhook,
          ...(edit.isParking && { hours }),
        }
        if (!(await put(`campaigns/${edit.campaign}`, body))) return
        retireAddress(edit.campaign)
        addressOf.set(edit.campaign, { address, schoolId: edit.school })
        return
      }
      case 'delete': {
        const [kind, id = ''] = edit.path.split('/')
        const { status } = await api.staff('DELETE', `/v1/ops/${edit.path}`)
        if (status !== 204) return
        if (kind === 'campaigns') retireAddress(id)
        if (kind === 'schools') legalNameOf.delete(id)
        return
      }
      case 'replace school': {
        const { school: schoolId, legalName: name } = edit
        const ownCampaigns = [...addressOf].filter(([, one]) => one.schoolId === schoolId).map(([campaign]) => campaign)
        for (const path of [
          ...ownCampaigns.map((id) => `campaigns/${id}`),
          `programs/${schoolId}-program`,
          `schools/${schoolId}`,
        ])
          await runEdit({ edit: 'delete', path })
        await runEdit({ edit: 'put school', school: schoolId, legalName: name })
        await runEdit({ edit: 'put program', program: schoolId, school: schoolId })
        for (const campaign of ownCampaigns)
          await runEdit({
            edit: 'put campaign',
            campaign,
            school: schoolId,
            isParking: false,
            isPaused: false,
            isEmail: false,
          })
      }
    }
  }
  async function put(path: string, body: object): Promise<boolean> {
    return (await api.staff('PUT', `/v1/ops/${path}`, { body })).status < 300
  }

  async function submit(tick: readonly EditedSchoolId[], between: Edit | undefined): Promise<void> {
    const match = await requestMatch(system)
    if (match.schools.length === 0) return
    const ticked = match.schools.map(({ schoolId }) => schoolId).filter((id) => tick.some((one) => one === id))
    const fields = ticked.length > 0 ? { schoolIds: ticked } : {}
    const number = textOf.size + 1
    textOf.set(`ada${number}@mail.example`, renderConsentText(match, fields.schoolIds))
    if (between) await runEdit(between)
    const response = await postLead(system, aLead(match, number, fields), { 'idempotency-key': `form-${number}` })
    if (response.status === 201) leadIds.push(leadReceipt.parse(response.body).leadId)
  }
  const listDeliveries = async () =>
    (await Promise.all(leadIds.map((leadId) => readTimeline(system, leadId)))).flatMap(({ deliveries }) => deliveries)

  async function take(): Promise<void> {
    // A school goes on reading what it had under its earlier name.
    const waiting = (await listDeliveries()).filter(({ deliveredAt }) => deliveredAt === undefined)
    for (const { deliveryId, schoolId } of waiting) {
      const owner = legalNameOf.get(schoolId)
      if (owner === undefined) continue
      const headers = { authorization: `Bearer ${await api.schoolKey(schoolId)}` }
      const { status, text } = await api.call('POST', `/v1/school/leads/${deliveryId}/take`, { headers })
      if (status < 300) checkReceiver('the API', text, owner)
    }
  }

  for (const [index, id] of schoolIds.entries()) {
    await runEdit({ edit: 'put school', school: id, legalName: legalNames[index] ?? 'Omega Debt Buyers LLC' })
    await runEdit({ edit: 'put program', program: id, school: id })
    const isParking = id === 'cedar'
    await runEdit({ edit: 'put campaign', campaign: id, school: id, isParking, isPaused: false, isEmail: false })
  }
  // Cedar sells its program by two campaigns, so that a deleted one has a substitute.
  await runEdit({
    edit: 'put campaign',
    campaign: 'spare',
    school: 'cedar',
    isParking: false,
    isPaused: false,
    isEmail: false,
  })
  return {
    system,
    runEdit,
    submit,
    take,
    readMailbox,
    async deliver(nextAnswer: typeof answer) {
      answer = nextAnswer
      await deliverDue(system)
      readMailbox()
    },
    async replay() {
      for (const { deliveryId } of await listDeliveries())
        await api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    },
    async settle() {
      answer = 'accept'
      for (const seconds of [1, 130, 86_400]) {
        await api.finishPublishing()
        await advanceTime(system, seconds)
        readMailbox()
      }
    },
    async result() {
      const deliveries = await listDeliveries()
      return {
        strays,
        totals: {
          leads: leadIds.length,
          sent: sentCount,
          unbound: deliveries.filter(({ unbound }) => unbound !== undefined).length,
          rerouted: deliveries.filter(({ reroute }) => reroute !== undefined).length,
        },
      }
    },
  }
}

type EditedMarket = Awaited<ReturnType<typeof createEditedMarket>>

async function runCommand(market: EditedMarket, command: EditCommand): Promise<void> {
  if ('edit' in command) return market.runEdit(command)
  const { system } = market
  switch (command.do) {
    case 'submit':
      return market.submit(command.tick, command.between)
    case 'deliver':
      return market.deliver(command.answer)
    case 'offer':
      return system.api.offer()
    case 'publish':
      return system.api.finishPublishing()
    case 'replay':
      return market.replay()
    case 'take':
      return market.take()
    case 'pass':
      await advanceTime(system, command.seconds)
      return market.readMailbox()
  }
}
