import 'uplot/dist/uPlot.min.css'
import './leads-chart.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import type uPlot from 'uplot'
import { Table } from '../../app/components/table.tsx'
import { number } from '../../app/components/words.tsx'
import { type Hour, outcomes, totalOf } from './day-of.ts'

const height = 240
const colours = { accepted: '--good', unmatched: '--amber', duplicate: '--edge' } as const

/** How many leads came in each hour, one outcome upon the other. Dragging zooms in, a double click out. */
export function LeadsChart({ day, hours }: { day: string; hours: readonly Hour[] }) {
  const place = useRef<HTMLDivElement>(null)
  const scheme = useScheme()
  const [isDrawn, setDrawn] = useState(true)
  const told = JSON.stringify(hours)
  useEffect(() => {
    const { current } = place
    if (!current) return
    const drawn = draw(current, day, hours)
    // A browser that cannot draw it still has the table.
    drawn.catch(() => setDrawn(false))
    return () => void drawn.then((end) => end()).catch(() => undefined)
  }, [day, told, scheme])
  return (
    <>
      <div
        ref={place}
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
              cell: (row: Hour) => number(row[outcome]),
            })),
          ]}
          rows={hours.filter((hour) => totalOf(hour) > 0)}
          keyOf={({ hour }) => String(hour)}
          empty="No lead came."
        />
      </details>
    </>
  )
}

async function draw(place: HTMLElement, day: string, hours: readonly Hour[]): Promise<() => void> {
  const { default: Chart } = await import('uplot')
  const chart = new Chart(optionsOf(Chart, place, hours), dataOf(day, hours), place)
  const watch = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height }))
  watch.observe(place)
  return () => {
    watch.disconnect()
    chart.destroy()
  }
}

/** Bars stand upon each other: each is drawn from the ground up, the highest first. */
function dataOf(day: string, hours: readonly Hour[]): uPlot.AlignedData {
  const start = Date.parse(day) / 1000
  const upTo = (last: number) =>
    hours.map((hour) => outcomes.slice(0, last + 1).reduce((sum, outcome) => sum + hour[outcome], 0))
  return [hours.map(({ hour }) => start + hour * 3600), ...outcomes.map((_, at) => upTo(at)).reverse()]
}

function optionsOf(Chart: typeof uPlot, place: HTMLElement, hours: readonly Hour[]): uPlot.Options {
  const style = getComputedStyle(place)
  const probe = document.createElement('canvas').getContext('2d')
  // Only the computed colour of an element knows which of light and dark holds.
  const colour = (name: string) => {
    place.style.color = `var(${name})`
    const { color } = style
    place.style.color = ''
    if (!probe) return color
    probe.fillStyle = color
    return probe.fillStyle.toString()
  }
  const bars = Chart.paths.bars?.({ size: [0.8, 48], align: 1 })
  const [soft, line] = [colour('--soft'), colour('--line')]
  const axis = { stroke: soft, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } }
  return {
    width: place.clientWidth,
    height,
    tzDate: (seconds) => Chart.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    padding: [12, 12, 0, 0],
    cursor: { points: { show: false } },
    scales: { y: { range: (_, __, most) => [0, Math.max(most, 5) * 1.05] } },
    axes: [axis, { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] }],
    series: [
      { label: 'Hour', value: '{YYYY}-{MM}-{DD} {HH}:{mm}' },
      ...[...outcomes].reverse().map((outcome) => ({
        label: outcome,
        fill: colour(colours[outcome]),
        stroke: colour(colours[outcome]),
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

function useScheme(): boolean {
  const [isDark, setDark] = useState(dark.matches)
  useEffect(() => {
    const follow = () => setDark(dark.matches)
    dark.addEventListener('change', follow)
    return () => dark.removeEventListener('change', follow)
  }, [])
  return isDark
}
