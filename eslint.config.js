import tseslint from "typescript-eslint";

export default tseslint.config(
  // What is under assembly is AssemblyScript: its compiler checks it.
  { ignores: ["**/dist/", "**/node_modules/", "**/assembly/", "runs/", ".nx/", "api-reference/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["packages/*/tsconfig.json", "packages/plugins/*/tsconfig.json", "apps/*/tsconfig.json", "tsconfig.tests.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-non-null-assertion": "error",
      // It asks for the assertion that the rule above forbids; reads of typed arrays need one of the two.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/prefer-for-of": "off",
      // A reader of our own files says which type they hold.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
    },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
  },
);
