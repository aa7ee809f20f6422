import { describe, expect, it } from 'vitest'
import { sourceFiles } from '#test/architecture/source-files.ts'
import { createTestMarket } from '#test/functions/routing/create-test-market.ts'
import { alphaSchool, recordEdits } from './record-edits.ts'
import { sendingDoors } from './sending-doors.ts'

const contact = /ada\d@mail\.example|512789/

describe.each(Object.entries(sendingDoors))('%s', (doorName, door) => {
  it.each(Object.entries(recordEdits))(
    'goes to the school that was agreed to or to no one after %s',
    async (editName, edit) => {
      const system = await createTestMarket({ alpha: { school: alphaSchool, campaign: door.campaign ?? {} }, beta: {} })
      const send = await door.prepare(system)
      const { webhooks, mailbox, sftp } = system.api
      webhooks.requests.length = 0
      mailbox.messages.length = 0
      await edit.apply(system)
      await send()

      const sentTo = [
        ...webhooks.requests.map(({ url, body }) => ({ to: url, text: body })),
        ...mailbox.messages.map((message) => ({ to: String(message.to), text: JSON.stringify(message) })),
        ...[...sftp.files.values()].map((text) => ({ to: `sftp://${sftp.targets.at(-1)?.host}`, text })),
      ]
      const withContact = sentTo.filter(({ text }) => contact.test(text) || text.includes('lead.created'))
      expect(withContact.filter(({ to }) => !/[/@.]alpha\.example/.test(to))).toEqual([])
      if (door.isNotice) {
        expect(withContact).toEqual([])
        // The same school under another legal name may get the notice of an erasure: see `findSchoolFault`.
        if (editName !== 'the legal name becomes that of another company')
          expect(sentTo.filter(({ to }) => !/[/@.]alpha\.example/.test(to))).toEqual([])
        if (edit.expected === 'to-school') expect(sentTo).toHaveLength(1)
        return
      }
      expect(withContact.length > 0).toBe(edit.expected === 'to-school' && !isStopped(doorName, editName))
    },
  )
})

/** A paused campaign gets what it has bought, and no offer. */
function isStopped(doorName: string, editName: string): boolean {
  return doorName === 'an offer' && editName === 'the campaign is paused'
}

describe('the doors of sending', () => {
  const senders =
    /enqueueDeliveries\(|planDeliveries\(|buildDeliveryWrites\(|deliveries\.replay\(|sendDelivery\(|dueEntry\(|recordBounce\(|sendBySftp\(|sendByEmail\(|buildFileEmail\(/

  it('include every file that creates a delivery, makes one due or sends one', () => {
    const tested = Object.values(sendingDoors).flatMap(({ files }) => files)
    expect(listSenders().filter((file) => !tested.includes(file) && !movers.includes(file))).toEqual([])
  })

  it('would miss a file that is not in the table', () => {
    expect(listSenders().length).toBeGreaterThan(8)
    expect(listSenders()).toContain('shared/workflows/delivery/send-test-lead.ts')
  })

  function listSenders(): string[] {
    return sourceFiles('functions', 'shared').flatMap(({ path, source }) => (senders.test(source) ? [path] : []))
  }
})

/** These define what the others call, move a row within the due index without making it due, or plan what is never saved. */
const movers = [
  'shared/store/index-keys.ts',
  'shared/store/delivery/due-store.ts',
  'shared/store/delivery/build-delivery-write.ts',
  'shared/store/capture/lead-writes.ts',
  'shared/workflows/delivery/enqueue-deliveries.ts',
  'shared/workflows/routing/plan-routing.ts',
  'shared/domain/routing/plan-for-stranger.ts',
  'functions/worker/deliver/send-delivery.ts',
]
