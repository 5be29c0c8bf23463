import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Shapes that compile but break in a preview, as selectors with the reason shown to the author. */
const pulumiTraps = [
  {
    selector:
      "CallExpression[callee.property.name='apply'] NewExpression[callee.type='MemberExpression']",
    message: "A resource made inside apply() is missing from previews: create it outside.",
  },
  {
    selector: "ExpressionStatement > CallExpression[callee.property.name='apply']",
    message: "apply() whose result is dropped hides its errors: return or assign the output.",
  },
  {
    selector:
      "ClassDeclaration[superClass.property.name='ComponentResource']:not(:has(CallExpression[callee.property.name='registerOutputs']))",
    message: "A component ends with this.registerOutputs().",
  },
];

export default defineConfig(
  globalIgnores(["node_modules", "out", "**/dist", "test/lab/docker/images", "**/*.cjs"]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unnecessary-condition": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: false, allowNullish: false },
      ],
      "@typescript-eslint/strict-boolean-expressions": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "no-restricted-syntax": ["error", ...pulumiTraps],
    },
  },
  {
    // Plain data and functions: they start in milliseconds and carry most of the tests.
    files: ["model/**/*.ts", "configs/**/*.ts", "dashboards/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@pulumi/*"],
              message: "This room is pure: resources belong in components/.",
            },
            {
              group: ["**/components/**", "**/cli/**"],
              message:
                "The flow has one direction: model, then configs and dashboards, then components, then cli.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["components/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["**/cli/**"], message: "Nothing uses cli/." }] },
      ],
    },
  },
  {
    // node:test returns a promise that the runner itself awaits.
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
