import { expect, it, vi } from 'vitest'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'

/** What the Lambda's log gets for an event, as Powertools writes it. */
function captureLine(write: (log: ReturnType<typeof createLogOnAws>) => void): unknown {
  const lines: string[] = []
  const stream = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0)
  const log = vi.spyOn(console, 'info').mockImplementation((text) => void lines.push(String(text)))
  write(createLogOnAws({ STAGE: 'prod' }))
  stream.mockRestore()
  log.mockRestore()
  return JSON.parse(lines.join(''))
}

it('says in every line from which stage it is, whatever the fields of the event', () => {
  const attempt = {
    deliveryId: 'dlv_1',
    schoolId: 'bay-shore',
    attempt: 1,
    attemptStage: 'answered',
    outcome: 'delivered',
    ms: 12,
  }
  expect(captureLine((log) => log('delivery.attempted', attempt))).toMatchObject({
    message: 'delivery.attempted',
    stage: 'prod',
    attemptStage: 'answered',
    service: 'prospectus',
  })
  const impostor = { ...attempt, stage: 'answered' }
  expect(captureLine((log) => log('delivery.attempted', impostor))).toMatchObject({ stage: 'prod' })
})
