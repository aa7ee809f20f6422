import { createHash } from 'node:crypto'
import { entryKind, type LedgerEntry } from '../../domain/reporting/ledger/ledger-entry.ts'
import type { MonthlyStatement } from '../../domain/reporting/ledger/statement.ts'
import { statementPageText as text } from './statement-page-text.ts'

/** A statement as a page that prints on paper or as a PDF. It loads nothing and needs no script. */
export async function renderStatementPage(statement: MonthlyStatement): Promise<string> {
  const { account, name = account.id, month, timeZone, hash, openingCents, closingCents, totals } = statement
  const { Liquid } = await import('liquidjs')
  const liquid = new Liquid({ strictVariables: true, strictFilters: true, outputEscape: 'escape' })
  const formatTime = createTimeFormat(timeZone)
  let balanceCents = openingCents
  const lines = statement.entries.map((entry) => {
    balanceCents += entry.amountCents
    return {
      at: formatTime(entry.at),
      what: describeEntry(entry),
      reference: entry.reference ?? entry.leadId ?? entry.entryId,
      amount: formatMoney(entry.amountCents),
      balance: formatMoney(balanceCents),
    }
  })
  const view = {
    title: text.title(name, month),
    period: text.period(formatTime(statement.from), formatTime(statement.to), timeZone),
    status: hash === undefined ? text.open : text.proof(hash),
    columns: text.columns,
    lines,
    opening: { label: text.opening, amount: formatMoney(openingCents) },
    closing: { label: text.closing, amount: formatMoney(closingCents) },
    totalsTitle: text.totals,
    totals: entryKind.options.flatMap((kind) =>
      totals[kind] === 0 ? [] : { label: text.kinds[kind], amount: formatMoney(totals[kind]) },
    ),
  }
  return String(await liquid.parseAndRender(template, view))
}

function describeEntry({ kind, reason, corrects }: LedgerEntry): string {
  const note = [reason, corrects && text.corrects(corrects)].filter(Boolean).join('; ')
  return note === '' ? text.kinds[kind] : `${text.kinds[kind]} (${note})`
}

function formatMoney(cents: number): string {
  return (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })
}

function createTimeFormat(timeZone: string): (at: string) => string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  return (at) => format.format(new Date(at))
}

const style = `body{font:0.95rem/1.45 system-ui,sans-serif;margin:0 auto;padding:1.5rem 1rem;max-width:60rem;color:#111;background:#fff}
h1{font-size:1.4rem;margin:0 0 .25rem;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
p{margin:.25rem 0;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin-top:1rem}
th,td{text-align:left;padding:.3rem .5rem;border-bottom:1px solid #ccc;vertical-align:top}
.amount{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.reference{font-size:.8rem;overflow-wrap:anywhere}
tr{break-inside:avoid}
thead{display:table-header-group}
.totals{width:auto}
@page{margin:15mm}
@media print{body{padding:0;max-width:none;font-size:10pt}.scroll{overflow:visible}}`

const template = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{ title }}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>{{ title }}</h1>
<p>{{ period }}</p>
<p>{{ status }}</p>
<div class="scroll" tabindex="0" role="region" aria-label="{{ title }}">
<table>
<thead><tr><th scope="col">{{ columns.at }}</th><th scope="col">{{ columns.what }}</th><th scope="col">{{ columns.reference }}</th><th scope="col" class="amount">{{ columns.amount }}</th><th scope="col" class="amount">{{ columns.balance }}</th></tr></thead>
<tbody>
<tr><td></td><th scope="row" colspan="3">{{ opening.label }}</th><td class="amount">{{ opening.amount }}</td></tr>
{%- for line in lines %}
<tr><td>{{ line.at }}</td><td>{{ line.what }}</td><td class="reference">{{ line.reference }}</td><td class="amount">{{ line.amount }}</td><td class="amount">{{ line.balance }}</td></tr>
{%- endfor %}
<tr><td></td><th scope="row" colspan="3">{{ closing.label }}</th><td class="amount">{{ closing.amount }}</td></tr>
</tbody>
</table>
</div>
{%- if totals.size > 0 %}
<h2>{{ totalsTitle }}</h2>
<table class="totals"><tbody>
{%- for total in totals %}
<tr><th scope="row">{{ total.label }}</th><td class="amount">{{ total.amount }}</td></tr>
{%- endfor %}
</tbody></table>
{%- endif %}
</main>
</body>
</html>
`

/** The page loads nothing and runs nothing. */
export const statementPageHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
}
