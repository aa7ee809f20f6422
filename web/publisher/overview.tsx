import type * as z from 'zod'
import { readOwnSource } from '#shared/contract/routing/source-caps.ts'
import { useApiData } from '../app/browser-client.tsx'
import { CapGauge } from '../app/components/cap-gauge.tsx'
import { LoadBoundary, Note } from '../app/components/note.tsx'
import { DetailList } from '../app/components/timeline.tsx'
import { formatMoney, formatPercent, formatZoneName } from '../app/format.ts'
import { sourceText } from './text/publisher-text.ts'

type OwnSource = z.output<(typeof readOwnSource.responses)[200]['body']>

/** The terms of the source, and how full its caps are. */
export function Overview() {
  const [source, reload] = useApiData(readOwnSource, {})
  return (
    <LoadBoundary data={source} reload={reload}>
      {(own) => (
        <>
          <h1>{own.name}</h1>
          {own.status === 'paused' && <Note kind="bad">{sourceText.paused}</Note>}
          {own.mode === 'test' && <Note>{sourceText.test}</Note>}
          {!own.open && <Note kind="bad">{sourceText.closed}</Note>}
          <section class="card" aria-labelledby="terms">
            <h2 id="terms">{sourceText.terms}</h2>
            <DetailList
              items={[
                [sourceText.payout, formatPayout(own)],
                [sourceText.postback, own.postback?.events.join(', ') ?? sourceText.noPostback],
                [sourceText.timeZone, formatZoneName(own.timeZone)],
              ]}
            />
          </section>
          <section class="card" aria-labelledby="caps">
            <h2 id="caps">{sourceText.caps}</h2>
            {own.caps.length === 0 ? (
              <p>{sourceText.noCaps}</p>
            ) : (
              <ul class="gauges">
                {own.caps.map(({ period, limit, used, endsAt }) => (
                  <li key={period}>
                    <CapGauge
                      cap={{
                        ...{ period, limit, used, unit: 'leads', by: 'contract', counts: true },
                        ...(endsAt !== undefined && { endsAt }),
                      }}
                    />
                  </li>
                ))}
              </ul>
            )}
          </section>
        </>
      )}
    </LoadBoundary>
  )
}

function formatPayout({ payout }: OwnSource): string {
  if (!payout) return sourceText.noPayout
  const { amount, on, per } = payout
  const text =
    amount.kind === 'fixed'
      ? sourceText.fixed(formatMoney(amount.cents), per)
      : sourceText.share(formatPercent(amount.percent / 100))
  return `${text}, ${sourceText.paidOn[on]}`
}
