import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Languages of the console; Dutch is the first. */
export const languages = ['nl', 'en', 'fr'] as const;

export type Language = (typeof languages)[number];

type Texts = Readonly<Record<string, object>>;

const kept = 'lbbus.language';

const load: Readonly<Record<Language, () => Promise<{ readonly texts: Texts }>>> = {
  nl: () => import('./nl.ts'),
  en: () => import('./en.ts'),
  fr: () => import('./fr.ts'),
};

const isLanguage = (text: string | undefined): text is Language =>
  (languages as readonly (string | undefined)[]).includes(text);

const chosen = (): Language => {
  const stored = localStorage.getItem(kept) ?? undefined;
  if (isLanguage(stored)) return stored;
  const wished = navigator.languages.map((language) => language.slice(0, 2));
  return wished.find(isLanguage) ?? 'nl';
};

const show = async (language: Language): Promise<void> => {
  const { texts } = await load[language]();
  for (const [file, words] of Object.entries(texts)) {
    const namespace = /\/([\w-]+)\.json$/.exec(file)?.[1];
    if (namespace !== undefined) i18next.addResourceBundle(language, namespace, words);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
};

/** Loads the texts in the language that was chosen before, or that the browser asks for. */
export const startTexts = async (): Promise<void> => {
  await i18next.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    defaultNS: 'frame',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await show(chosen());
};

/** Goes with whatever is asked of the server: it answers in words of this language. */
export const languageHeader = (): Readonly<Record<string, string>> => ({
  // Before the texts are there, that of the texts that are being loaded.
  'accept-language': i18next.resolvedLanguage ?? chosen(),
});

/** Changes the language, here and at the next visit. */
export const chooseLanguage = (language: Language): Promise<void> => {
  localStorage.setItem(kept, language);
  return show(language);
};
