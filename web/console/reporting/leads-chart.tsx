import 'uplot/dist/uPlot.min.css'
import './overview.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import type uPlot from 'uplot'
import { Table } from '../../app/components/table.tsx'
import { formatDay, formatNumber } from '../../app/format.ts'
import { appText } from '../../app/text/app-text.ts'
import { overviewText } from '../text/reporting-text.ts'
import { type HourCounts, outcomes, sumHour } from './day-counts.ts'

const height = 240
const colors = { accepted: '--good', unmatched: '--amber', duplicate: '--edge' } as const

/** The leads of each hour, stacked by outcome. Dragging zooms in; a double click zooms out. */
export function LeadsChart({ day, hours }: { day: string; hours: readonly HourCounts[] }) {
  const container = useRef<HTMLDivElement>(null)
  const scheme = useIsDarkScheme()
  const [isDrawn, setDrawn] = useState(true)
  const hoursKey = JSON.stringify(hours)
  useEffect(() => {
    const { current } = container
    if (!current) return
    const drawing = draw(current, day, hours)
    // If the chart cannot be drawn, the table opens instead.
    drawing.catch(() => setDrawn(false))
    return () => void drawing.then((end) => end()).catch(() => undefined)
  }, [day, hoursKey, scheme])
  return (
    <>
      <div ref={container} class="chart" role="img" aria-label={overviewText.chart(formatDay(day))} />
      <details open={!isDrawn}>
        <summary>{overviewText.asTable}</summary>
        <Table
          caption={overviewText.chartTable(formatDay(day))}
          columns={[
            { head: overviewText.hour, cell: ({ hour }) => `${String(hour).padStart(2, '0')}:00` },
            ...outcomes.map((outcome) => ({
              head: overviewText.outcomes[outcome],
              kind: 'number' as const,
              cell: (row: HourCounts) => formatNumber(row[outcome]),
            })),
          ]}
          rows={hours.filter((hour) => sumHour(hour) > 0)}
          getRowKey={({ hour }) => String(hour)}
          emptyMessage={overviewText.noneByHour}
          isNarrow
        />
      </details>
    </>
  )
}

async function draw(container: HTMLElement, day: string, hours: readonly HourCounts[]): Promise<() => void> {
  const { default: Chart } = await import('uplot')
  const chart = new Chart(buildChartOptions(Chart, container, hours), buildChartData(day, hours), container)
  const watch = new ResizeObserver(() => chart.setSize({ width: container.clientWidth, height }))
  watch.observe(container)
  return () => {
    watch.disconnect()
    chart.destroy()
  }
}

/** Stacked bars: each series holds the sum up to its outcome, and the highest is drawn first. */
function buildChartData(day: string, hours: readonly HourCounts[]): uPlot.AlignedData {
  const start = Date.parse(day) / 1000
  const sumThroughOutcome = (last: number) =>
    hours.map((hour) => outcomes.slice(0, last + 1).reduce((sum, outcome) => sum + hour[outcome], 0))
  return [
    hours.map(({ hour }) => start + hour * 3600),
    ...outcomes.map((_, index) => sumThroughOutcome(index)).reverse(),
  ]
}

function buildChartOptions(Chart: typeof uPlot, container: HTMLElement, hours: readonly HourCounts[]): uPlot.Options {
  const style = getComputedStyle(container)
  const probe = document.createElement('canvas').getContext('2d')
  // A light-dark() color resolves only in the computed style of an element.
  const resolveColor = (name: string) => {
    container.style.color = `var(${name})`
    const { color } = style
    container.style.color = ''
    if (!probe) return color
    probe.fillStyle = color
    return probe.fillStyle.toString()
  }
  const bars = Chart.paths.bars?.({ size: [0.8, 48], align: 1 })
  const [softColor, lineColor] = [resolveColor('--soft'), resolveColor('--line')]
  const axis = { stroke: softColor, grid: { stroke: lineColor, width: 1 }, ticks: { stroke: lineColor, width: 1 } }
  return {
    width: container.clientWidth,
    height,
    tzDate: (seconds) => Chart.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    padding: [12, 12, 0, 0],
    cursor: { points: { show: false } },
    scales: { y: { range: (_, __, max) => [0, Math.max(max, 5) * 1.05] } },
    axes: [axis, { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] }],
    series: [
      { label: overviewText.hour, value: '{YYYY}-{MM}-{DD} {HH}:{mm}' },
      ...[...outcomes].reverse().map((outcome) => ({
        label: overviewText.outcomes[outcome],
        fill: resolveColor(colors[outcome]),
        stroke: resolveColor(colors[outcome]),
        width: 0,
        ...(bars && { paths: bars }),
        points: { show: false },
        value: (_: uPlot, __: number, ___: number, at: number | null) =>
          at === null ? appText.none : formatNumber(hours[at]?.[outcome] ?? 0),
      })),
    ],
  }
}

const dark = matchMedia('(prefers-color-scheme: dark)')

function useIsDarkScheme(): boolean {
  const [isDark, setDark] = useState(dark.matches)
  useEffect(() => {
    const update = () => setDark(dark.matches)
    dark.addEventListener('change', update)
    return () => dark.removeEventListener('change', update)
  }, [])
  return isDark
}
