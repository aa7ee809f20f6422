/** How the endpoint of a campaign is started from a template for the school's system. */
export const endpointTemplateText = {
  start: 'Start from a system',
  help: 'Fills in the fields below for a system that the school uses. You can edit them before you save.',
  system: 'System',
  none: 'None: fill in the fields yourself',
  documentation: 'Documentation',
  notes: 'Set up in that system',
  fill: 'Fill in the endpoint',
  filled: 'Filled in. Check the fields, preview the request, and save.',
  fault: (label: string, example: string) => `Enter the ${label} of the school, such as ${example}.`,
} as const
