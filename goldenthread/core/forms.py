"""Forms in the house's markup."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Renders every form field with the templates in core/templates/forms/."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
