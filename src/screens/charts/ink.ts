/** What a shape is for; each theme gives it a colour. Fills are those of the state, texts those that can be read. */
export type Role =
  | 'surface'
  | 'ink'
  | 'muted'
  | 'line'
  | 'well'
  | 'focus'
  | 'break'
  | 'calm'
  | 'warning'
  | 'focus-text'
  | 'break-text'
  | 'calm-text'
  | 'warning-text'

/** A picture that stands alone in a chat, or one that takes the colours of the page around it by classes. */
export type Theme = 'light' | 'dark' | 'page'

const fills = { focus: '#4F5BD5', break: '#E8A33D', calm: '#6B7280', warning: '#C2413B' } as const

export const palette: Readonly<Record<Exclude<Theme, 'page'>, Readonly<Record<Role, string>>>> = {
  light: {
    ...fills,
    surface: '#FBFAF7',
    ink: '#22232B',
    muted: '#5A5F6D',
    line: '#E6E1D6',
    well: '#EDE9DF',
    'focus-text': '#4F5BD5',
    'break-text': '#8A5800',
    'calm-text': '#5A5F6D',
    'warning-text': '#B5352F',
  },
  dark: {
    ...fills,
    surface: '#16171D',
    ink: '#ECEAE4',
    muted: '#A8ADB8',
    line: '#31343F',
    well: '#262932',
    'focus-text': '#9AA3FF',
    'break-text': '#E8A33D',
    'calm-text': '#9CA3AF',
    'warning-text': '#F0837C',
  },
}

/** The attribute that colours a shape: a colour of its own, or the name under which the page colours it. */
export const filled = (role: Role, theme: Theme): string => (theme === 'page' ? `class="fill-${role}"` : `fill="${palette[theme][role]}"`)

export const stroked = (role: Role, theme: Theme): string =>
  theme === 'page' ? `class="stroke-${role}" fill="none"` : `stroke="${palette[theme][role]}" fill="none"`
