import 'uplot/dist/uPlot.min.css'
import './leads-chart.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import type uPlot from 'uplot'
import { formatNumber } from '../../app/components/format.tsx'
import { Table } from '../../app/components/table.tsx'
import { type HourCounts, outcomes, sumHour } from './day-counts.ts'

const height = 240
const colors = { accepted: '--good', unmatched: '--amber', duplicate: '--edge' } as const

/** How many leads came in each hour, one outcome upon the other. Dragging zooms in, a double click out. */
export function LeadsChart({ day, hours }: { day: string; hours: readonly HourCounts[] }) {
  const container = useRef<HTMLDivElement>(null)
  const scheme = useIsDarkScheme()
  const [isDrawn, setDrawn] = useState(true)
  const hoursKey = JSON.stringify(hours)
  useEffect(() => {
    const { current } = container
    if (!current) return
    const drawing = draw(current, day, hours)
    // A browser that cannot draw it still has the table.
    drawing.catch(() => setDrawn(false))
    return () => void drawing.then((end) => end()).catch(() => undefined)
  }, [day, hoursKey, scheme])
  return (
    <>
      <div
        ref={container}
        class="chart"
        role="img"
        aria-label={`Leads of ${day} by the hour; the table below says the same`}
      />
      <details open={!isDrawn}>
        <summary>As a table</summary>
        <Table
          caption={`Leads of ${day} by the hour (UTC)`}
          columns={[
            { head: 'Hour', cell: ({ hour }) => `${String(hour).padStart(2, '0')}:00` },
            ...outcomes.map((outcome) => ({
              head: outcome,
              kind: 'number' as const,
              cell: (row: HourCounts) => formatNumber(row[outcome]),
            })),
          ]}
          rows={hours.filter((hour) => sumHour(hour) > 0)}
          getRowKey={({ hour }) => String(hour)}
          emptyMessage="No lead came."
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

/** Bars stand upon each other: each is drawn from the ground up, the highest first. */
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
  // Only the computed colour of an element knows which of light and dark holds.
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
      { label: 'Hour', value: '{YYYY}-{MM}-{DD} {HH}:{mm}' },
      ...[...outcomes].reverse().map((outcome) => ({
        label: outcome,
        fill: resolveColor(colors[outcome]),
        stroke: resolveColor(colors[outcome]),
        width: 0,
        ...(bars && { paths: bars }),
        points: { show: false },
        value: (_: uPlot, __: number, ___: number, at: number | null) =>
          at === null ? '–' : String(hours[at]?.[outcome] ?? 0),
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
