import { createRequire } from 'node:module'

// What a Lambda's runtime does with a bundle, in a process that knows no more than the Lambda would.
const [, , bundle = ''] = process.argv
const { handler }: { handler: (event: unknown, context: object) => Promise<unknown> } = createRequire(import.meta.url)(
  bundle,
)

process.on('message', async ({ id, event }: { id: number; event: unknown }) => {
  const context = { awsRequestId: `request-${id}`, functionName: 'deployed', getRemainingTimeInMillis: () => 20_000 }
  const outcome = await handler(event, context).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: String(error) }),
  )
  process.send?.({ id, ...outcome })
})
