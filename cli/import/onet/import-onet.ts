import { createOnetCommand } from './create-onet-command.ts'

export const importOnet = createOnetCommand({
  name: 'onet',
  description:
    'Import titles, tasks, related careers and preparation from the O*NET database, with the required credit.',
  selectCareers: (stored) => [...stored],
})
