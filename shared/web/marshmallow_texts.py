"""Russian texts for the built-in messages of marshmallow, which has no translations of its own."""

from shared.refusal import N_

#: Built-in English message -> our msgid. Places in braces are filled by marshmallow.
RUSSIAN: dict[str, str] = {
    "Missing data for required field.": N_("Заполните это поле."),
    "Field may not be null.": N_("Значение не может быть пустым."),
    "Invalid value.": N_("Недопустимое значение."),
    "Invalid input.": N_("Недопустимое значение."),
    "Invalid type.": N_("Неверный тип значения."),
    "Invalid input type.": N_("Неверный тип значения."),
    "Invalid JSON body.": N_("Тело запроса — не JSON."),
    "Unknown field.": N_("Такого поля нет."),
    "Not a valid list.": N_("Ожидается список значений."),
    "Not a valid mapping type.": N_("Ожидается набор пар «имя — значение»."),
    "Not a valid string.": N_("Ожидается текст."),
    "Not a valid utf-8 string.": N_("Текст не в кодировке UTF-8."),
    "Not a valid UUID.": N_("Неверный идентификатор."),
    "Not a valid number.": N_("Введите число."),
    "Number too large.": N_("Слишком большое число."),
    "Not a valid integer.": N_("Введите целое число."),
    "Special numeric values (nan or infinity) are not permitted.": N_("Введите обычное число."),
    "Not a valid boolean.": N_("Ответьте «да» или «нет»."),
    "Not a valid date.": N_("Введите дату в виде ГГГГ-ММ-ДД."),
    "Not a valid {obj_type}.": N_("Введите дату и время в виде ГГГГ-ММ-ДДTЧЧ:ММ."),
    "Not a valid {awareness} {obj_type}.": N_("Укажите часовой пояс."),
    "Not a valid email address.": N_("Введите адрес электронной почты вида имя@пример.рф."),
    "Not a valid URL.": N_("Введите адрес сайта целиком, вместе с https://."),
    "Not a valid choice.": N_("Выберите значение из списка."),
    "Must be one of: {choices}.": N_("Выберите значение из списка: {choices}."),
    "One or more of the choices you made was not in: {choices}.": N_(
        "Выберите значения из списка: {choices}."
    ),
    "Must be equal to {other}.": N_("Значение должно быть равно {other}."),
    "String does not match expected pattern.": N_("Значение записано не по образцу."),
    "Shorter than minimum length {min}.": N_("Слишком коротко: минимум {min}."),
    "Longer than maximum length {max}.": N_("Слишком длинно: максимум {max}."),
    "Length must be between {min} and {max}.": N_("Длина должна быть от {min} до {max}."),
    "Length must be {equal}.": N_("Длина должна быть ровно {equal}."),
    "Must be greater than or equal to {min}.": N_("Значение должно быть не меньше {min}."),
    "Must be greater than {min}.": N_("Значение должно быть больше {min}."),
    "Must be less than or equal to {max}.": N_("Значение должно быть не больше {max}."),
    "Must be less than {max}.": N_("Значение должно быть меньше {max}."),
    "Must be greater than or equal to {min} and less than or equal to {max}.": N_(
        "Значение должно быть от {min} до {max}."
    ),
    "Must be greater than {min} and less than {max}.": N_(
        "Значение должно быть больше {min} и меньше {max}."
    ),
    "Must be greater than or equal to {min} and less than {max}.": N_(
        "Значение должно быть не меньше {min} и меньше {max}."
    ),
    "Must be greater than {min} and less than or equal to {max}.": N_(
        "Значение должно быть больше {min} и не больше {max}."
    ),
}
