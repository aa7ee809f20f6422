import * as z from 'zod'
import type { Host } from '#local/host.ts'

type Urls = Pick<Host, 'urls'>

/** What the sample school has, latest first. */
export async function schoolDeliveries({ urls }: Urls) {
  const response = await fetch(`${urls.school}.json`)
  return schoolJson.parse(await response.json()).deliveries
}

/** What the inbox has, latest first. */
export async function inboxMessages({ urls }: Urls) {
  const response = await fetch(`${urls.inbox}.json`)
  return inboxJson.parse(await response.json()).messages
}

const schoolJson = z.strictObject({
  deliveries: z.array(
    z.strictObject({
      webhookId: z.string(),
      schoolId: z.string(),
      timesSeen: z.int(),
      verified: z.boolean(),
      receivedAt: z.iso.datetime(),
      traceparent: z.string(),
      body: z.unknown(),
    }),
  ),
})
const inboxJson = z.object({
  messages: z.array(
    z.object({
      messageId: z.string(),
      to: z.string(),
      subject: z.string(),
      html: z.string(),
      text: z.string(),
      headers: z.record(z.string(), z.string()),
    }),
  ),
})
