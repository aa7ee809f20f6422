import { formatZoneName } from '../format.ts'
import { appText } from '../text/app-text.ts'
import { chooseTimeZone, getBrowserZone, getTimeZone, listTimeZones } from '../time-zone.ts'
import { Select } from './field.tsx'

/** Says in which zone a page shows days and times. @param onChange absent: the zone cannot be chosen */
export function TimeZoneNote({ help, onChange }: { help?: string | undefined; onChange?: (zone: string) => void }) {
  if (!onChange) return <p class="help">{appText.timesAreIn(formatZoneName(getTimeZone()), help)}</p>
  return (
    <Select
      label={appText.timeZone}
      choices={listTimeZones().map((value) => ({ value, label: describeZone(value) }))}
      value={getTimeZone()}
      onChange={({ currentTarget }) => {
        chooseTimeZone(currentTarget.value)
        onChange(currentTarget.value)
      }}
    />
  )
}

function describeZone(zone: string): string {
  if (zone === getBrowserZone()) return appText.browserZone(formatZoneName(zone))
  return zone === 'UTC' ? zone : `${formatZoneName(zone)} (${zone.replaceAll('_', ' ')})`
}
