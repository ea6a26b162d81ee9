import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages, type Language } from '../texts/language.ts';
import { themes, useTheme } from './theme.ts';

/** Language and theme; both are kept in this browser. */
export const Settings = () => {
  const { t, i18n } = useTranslation('frame');
  const [theme, chooseTheme] = useTheme();
  const client = useQueryClient();
  // What the server said in words it says again, in the language that was chosen.
  const choose = async (language: Language): Promise<void> => {
    await chooseLanguage(language);
    await client.invalidateQueries();
  };
  return (
    <div className="settings">
      <label>
        <span className="unseen">{t('language')}</span>
        <select
          value={i18n.language}
          onChange={({ target }) => {
            const language = languages.find((one) => one === target.value);
            if (language) void choose(language);
          }}
        >
          {languages.map((language) => (
            <option key={language} value={language} lang={language}>
              {t(`languages.${language}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="unseen">{t('theme')}</span>
        <select
          value={theme}
          onChange={({ target }) => {
            const next = themes.find((one) => one === target.value);
            if (next) chooseTheme(next);
          }}
        >
          {themes.map((one) => (
            <option key={one} value={one}>
              {t(`themes.${one}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};
