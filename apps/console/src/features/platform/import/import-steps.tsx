import "./import.css";
import { useTranslation } from "react-i18next";

const names = ["upload", "map", "check", "preview", "apply"] as const;

/** How far it is, for eyes and for screen readers. */
export function ImportSteps({ at }: { at: number }) {
  const { t } = useTranslation();
  return (
    <ol className="import-steps" aria-label={t("import.steps")}>
      {names.map((name, index) => (
        <li key={name} className={index < at ? "is-done" : index === at ? "is-now" : ""} {...(index === at ? { "aria-current": "step" as const } : {})}>
          <span className="import-step-no" aria-hidden>{index < at ? "✓" : index + 1}</span>{t(`import.step.${name}`)}
        </li>
      ))}
    </ol>
  );
}
