import '../app/app.css'
import '../app/timeline.css'
import '../portal/portal.css'
import './design.css'
import { type ComponentChildren, render } from 'preact'
import { useState } from 'preact/hooks'
import { Age } from '../app/components/age.tsx'
import { Badge } from '../app/components/badge.tsx'
import { CapGauge } from '../app/components/cap-gauge.tsx'
import { ConfirmDialog } from '../app/components/confirm-dialog.tsx'
import { Field, Select, TextArea } from '../app/components/field.tsx'
import { Instant } from '../app/components/instant.tsx'
import { Loading, Note, ProblemNote } from '../app/components/note.tsx'
import { Secret } from '../app/components/secret.tsx'
import { Table } from '../app/components/table.tsx'
import { DetailList, TimelineEntry } from '../app/components/timeline.tsx'
import { formatDay, formatDuration, formatMoney, formatMonth, formatNumber, formatPercent } from '../app/format.ts'
import { statusLabels } from '../app/text/status-labels.ts'
import { emptyDay } from '../console/reporting/day-counts.ts'
import { LeadsChart } from '../console/reporting/leads-chart.tsx'
import { colors } from '../parts/colors.ts'
import { designText as text } from './design-text.ts'

/** Every token and component of console and portal in every state, on one page for those who change them. */
function Design() {
  return (
    <main>
      <h1>{text.title}</h1>
      <p>{text.intro}</p>
      <Section title={text.sections.colors}>
        <ul class="swatches">
          {Object.entries(colors).map(([name, [light, dark]]) => (
            <li key={name}>
              <span class={`swatch ${name}`} />
              <span>
                <code>--{name}</code> <span class="help">{`${light} / ${dark}`}</span>
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={text.sections.type}>
        <p class="type-1">{text.sample}</p>
        <h2>{text.sample}</h2>
        <h3>{text.sample}</h3>
        <p>{text.sample}</p>
        <p class="help">{text.sample}</p>
        <p class="id">lead_uf1fjSY1xdmPMaT6yJqMG4</p>
        <DetailList
          items={[
            [text.formats.number, formatNumber(12_345)],
            [text.formats.money, formatMoney(123_450)],
            [text.formats.percent, formatPercent(0.924)],
            [text.formats.duration, formatDuration(93_000)],
            [text.formats.day, formatDay('2026-11-28')],
            [text.formats.month, formatMonth('2026-11')],
            [text.formats.instant, <Instant key="instant" at={at} />],
            [text.formats.deadline, <Instant key="deadline" at={at} withZone />],
            [text.formats.age, <Age key="age" at={new Date(Date.now() - 26 * 60_000).toISOString()} />],
          ]}
        />
      </Section>
      <Section title={text.sections.buttons}>
        <div class="actions">
          <button type="button" class="button">
            {text.buttons.primary}
          </button>
          <button type="button" class="button second">
            {text.buttons.second}
          </button>
          <button type="button" class="button danger">
            {text.buttons.danger}
          </button>
          <button type="button" class="plain">
            {text.buttons.plain}
          </button>
          <button type="button" class="button" disabled>
            {text.buttons.disabled}
          </button>
          <button type="button" class="chip" aria-pressed="true">
            {text.buttons.chipOn}
          </button>
          <button type="button" class="chip" aria-pressed="false">
            {text.buttons.chipOff}
          </button>
          <Dialog />
        </div>
      </Section>
      <Section title={text.sections.badges}>
        {Object.entries(statusLabels).map(([kind, labels]) => (
          <p key={kind}>
            <code>{kind}</code>{' '}
            {Object.entries(labels).map(([status, { label, tone }]) => (
              <span key={status}>
                <span class={`badge ${tone}`}>{label}</span>{' '}
              </span>
            ))}
          </p>
        ))}
      </Section>
      <Section title={text.sections.forms}>
        <form onSubmit={(event) => event.preventDefault()} noValidate>
          <div class="pair">
            <Field label={text.form.name} />
            <Field label={text.form.withHelp} help={text.form.help} />
            <Select label={text.form.choice} choices={[text.form.first, text.form.second]} />
          </div>
          <div class="pair">
            <Field label={text.form.faulty} fault={text.form.fault} value="512 78" />
            <Field label={text.form.disabled} value="lone-prairie-college" disabled />
            <Field label={text.form.day} type="date" value="2026-11-28" />
          </div>
          <TextArea label={text.form.note} help={text.form.noteHelp} />
          <label class="choice">
            <input type="checkbox" /> {text.form.checkbox}
          </label>
        </form>
      </Section>
      <Section title={text.sections.notes}>
        <Note>{text.notes.plain}</Note>
        <Note kind="good">{text.notes.good}</Note>
        <Note kind="bad">{text.notes.bad}</Note>
        <ProblemNote problem={{ code: 'UNAVAILABLE' }} retry={() => undefined} />
        <Loading />
        <Secret value="whsec_C2FVsBQIhrscChlQIMV-b5sSYspob7oD">{text.notes.secret}</Secret>
      </Section>
      <Section title={text.sections.tables}>
        <Table {...table} rows={rows} />
        <Table {...table} caption={text.table.empty} rows={[]} />
      </Section>
      <Section title={text.sections.charts}>
        <LeadsChart day="2026-11-28" hours={hours} />
        <CapGauge cap={{ ...cap, used: 3 }} />
        <CapGauge cap={{ ...cap, used: 34 }} />
        <CapGauge cap={{ ...cap, used: 40 }} />
        <progress aria-label={text.progress} value={0.4} />
      </Section>
      <Section title={text.sections.timeline}>
        <ol class="timeline">
          <TimelineEntry title={text.timeline.first} at={at}>
            <p>{text.sample}</p>
          </TimelineEntry>
          <TimelineEntry title={text.timeline.second} at={at}>
            <Badge kind="delivery" status="delivered" />
          </TimelineEntry>
        </ol>
      </Section>
    </main>
  )
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Dialog() {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <button type="button" class="button second" onClick={() => setOpen(true)}>
        {text.dialog.open}
      </button>
      <ConfirmDialog {...text.dialog.confirmation} kind="danger" isOpen={isOpen} onConfirm={close} onClose={close} />
    </>
  )
}

const at = '2026-11-28T16:05:29.707Z'
const cap = { period: 'day', unit: 'leads', limit: 40, by: 'contract', counts: true } as const
const hours = emptyDay.hours.map((hour, index) => ({
  ...hour,
  accepted: index > 8 ? index % 7 : 0,
  unmatched: index % 5 === 0 ? 1 : 0,
}))
type Row = { name: string; leads: number; status: 'active' | 'paused' }
const rows: readonly Row[] = [
  { name: 'Lone Prairie College', leads: 1234, status: 'active' },
  { name: 'Heron Key College', leads: 7, status: 'paused' },
]
const table = {
  caption: text.table.caption,
  getRowKey: ({ name }: Row) => name,
  emptyMessage: text.table.emptyMessage,
  columns: [
    { head: text.table.name, kind: 'title' as const, cell: ({ name }: Row) => name },
    { head: text.table.status, cell: ({ status }: Row) => <Badge kind="record" status={status} /> },
    { head: text.table.leads, kind: 'number' as const, cell: ({ leads }: Row) => formatNumber(leads) },
  ],
}

const root = document.getElementById('app')
if (root) render(<Design />, root)
